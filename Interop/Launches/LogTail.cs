using System.Text;

namespace Hpo.Interop.Launches;

/// <summary>What a log holds after a position, in whole lines, and at most so many bytes from its end.</summary>
/// <param name="Text">The lines.</param>
/// <param name="Next">Where the next read begins.</param>
/// <param name="IsCut">Whether there was more after the position than was read.</param>
internal sealed record LogTail(string Text, long Next, bool IsCut)
{
    /// <summary>As much of a log as is read at a time: what it holds before is in the file.</summary>
    public const int MostBytes = 1 << 16;

    /// <summary>Reads a log that may grow meanwhile.</summary>
    /// <exception cref="IOException">It is not there (any more).</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static LogTail Read(string path, long position = 0)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length <= position) return new LogTail("", position, IsCut: false);
        bool isCut = file.Length - position > MostBytes;
        if (isCut) position = file.Length - MostBytes;
        file.Position = position;
        byte[] bytes = new byte[file.Length - position];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        int whole = bytes.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
        return new LogTail(Encoding.UTF8.GetString(bytes, 0, whole), position + whole, isCut);
    }
}
