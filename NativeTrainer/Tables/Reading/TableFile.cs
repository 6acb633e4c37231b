using System.IO.Compression;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>What a table's file is by its first bytes, and its content without compression.</summary>
internal sealed class TableFile
{
    private const int BufferSize = 1 << 17;

    private readonly bool _isGzip;

    private TableFile(string path, bool isGzip, bool isParquet)
    {
        Path = path;
        _isGzip = isGzip;
        IsParquet = isParquet;
    }

    public string Path { get; }

    public bool IsParquet { get; }

    /// <exception cref="DataFileException">It is a directory, or of a format that is not read.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static TableFile Examine(string path)
    {
        if (Directory.Exists(path))
            throw new DataFileException(path, "it is a folder.", "Name one file, a CSV or a Parquet file.");
        Span<byte> head = stackalloc byte[8];
        using FileStream file = File.OpenRead(path);
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.Length == 0) throw new DataFileException(path, "it is empty.", "Give a file with a header and rows.");
        if (head.StartsWith("PK\u0003\u0004"u8))
            throw new DataFileException(path, "it is a workbook or a zip archive.", "Save the sheet as CSV, or unpack the archive.");
        if (head is [0xd0, 0xcf, 0x11, 0xe0, ..])
            throw new DataFileException(path, "it is a workbook of an old Excel.", "Save the sheet as CSV.");
        return new TableFile(path, head is [0x1f, 0x8b, ..], head.StartsWith("PAR1"u8));
    }

    public Stream Open()
    {
        var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        return _isGzip ? new WholeGzipStream(file) : file;
    }

    /// <summary>Reads the content in pieces of the file system's liking.</summary>
    public StreamReader OpenText(System.Text.Encoding encoding) =>
        new(Open(), encoding, detectEncodingFromByteOrderMarks: true, BufferSize);

    /// <summary>Decompresses, and checks that the end is there: .NET takes a file that ends early for a whole one.</summary>
    private sealed class WholeGzipStream(FileStream file) : Stream
    {
        private readonly GZipStream _content = new(file, CompressionMode.Decompress);
        private readonly uint _length = ReadLength(file);
        private long _read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => _read;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            int count = _content.Read(buffer);
            _read += count;
            if (count == 0 && buffer.Length > 0 && _read < _length)
                throw new InvalidDataException($"it ends after {_read} of {_length} bytes.");
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) _content.Dispose();
            base.Dispose(disposing);
        }

        /// <summary>The last four bytes: how long the last member's content is, which all members' is no shorter than.</summary>
        private static uint ReadLength(FileStream file)
        {
            Span<byte> length = stackalloc byte[4];
            if (file.Length < 18) return uint.MaxValue; // a header and an end take as many
            file.Position = file.Length - length.Length;
            file.ReadExactly(length);
            file.Position = 0;
            return System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(length);
        }
    }
}
