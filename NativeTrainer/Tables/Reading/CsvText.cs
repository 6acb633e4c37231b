using System.Text;
using System.Text.Unicode;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>What a first look at all bytes of a text file shows: its encoding, and how many lines it has at most.</summary>
/// <param name="File">The file.</param>
/// <param name="Encoding">How its characters are encoded, unless it begins with a byte order mark.</param>
/// <param name="Bytes">How many bytes it has without compression.</param>
/// <param name="LineEnds">How many bytes end a line; in UTF-16 it is a guess.</param>
internal sealed record CsvText(TableFile File, Encoding Encoding, long Bytes, long LineEnds)
{
    private const int BufferSize = 1 << 17;

    // What the text of a person never holds; a form feed and an escape may be there.
    private static readonly System.Buffers.SearchValues<byte> Controls =
        System.Buffers.SearchValues.Create([1, 2, 3, 4, 5, 6, 7, 8, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25]);

    /// <summary>Whether it is neither UTF-8 nor UTF-16, and read as Windows-1252, of which Latin-1 is a part.</summary>
    public bool IsWindows1252 { get; private init; }

    public StreamReader Open() => File.OpenText(Encoding);

    /// <exception cref="DataFileException">It is not text.</exception>
    public static CsvText Examine(TableFile file)
    {
        using Stream stream = file.Open();
        byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
        long bytes = 0, lineFeeds = 0, carriageReturns = 0;
        bool isUtf8 = true, hasControls = false, isUtf16 = false;
        int kept = 0; // the beginning of a character whose end is in the next piece
        while (true)
        {
            int read = stream.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
            ReadOnlySpan<byte> piece = buffer.AsSpan(0, kept + read);
            bool isLast = kept + read < buffer.Length;
            if (bytes == 0) isUtf16 = piece is [0xff, 0xfe, ..] or [0xfe, 0xff, ..];
            lineFeeds += piece[kept..].Count((byte)'\n');
            carriageReturns += piece[kept..].Count((byte)'\r');
            if (!isUtf16 && piece.Contains((byte)0)) throw NotText(file, bytes + piece[kept..].IndexOf((byte)0));
            hasControls |= piece.ContainsAny(Controls);
            int whole = isLast ? piece.Length : WholeCharacters(piece);
            isUtf8 = isUtf8 && Utf8.IsValid(piece[..whole]);
            bytes += read;
            if (isLast) break;
            kept = piece.Length - whole;
            piece[whole..].CopyTo(buffer);
        }

        if (!isUtf16 && !isUtf8 && hasControls) throw NotText(file, null);
        bool isWindows1252 = !isUtf16 && !isUtf8;
        return new CsvText(
            file, isWindows1252 ? Windows1252() : Encoding.UTF8, bytes, Math.Max(lineFeeds, carriageReturns))
        { IsWindows1252 = isWindows1252 };
    }

    /// <summary>How many bytes there are without a last character that may go on: it begins within the last three bytes.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> piece)
    {
        for (int back = 1; back <= 3 && back <= piece.Length; back++)
        {
            byte value = piece[^back];
            if (value >= 0xc0) return piece.Length - back;
            if (value < 0x80) break;
        }
        return piece.Length;
    }

    private static Encoding Windows1252() => CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static DataFileException NotText(TableFile file, long? position) => new(
        file.Path,
        position is null ? "it is not text." : $"it is not text: byte {position + 1} is zero.",
        "Give a CSV file in UTF-8, or a Parquet file.");
}
