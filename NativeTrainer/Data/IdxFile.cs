using System.Buffers.Binary;
using System.IO.Compression;

namespace Hpo.NativeTrainer.Data;

/// <summary>
/// An array of unsigned bytes in the IDX format of the MNIST family: a header of big-endian sizes, then the values in
/// row-major order; plain or gzip, which the content shows.
/// </summary>
/// <param name="Shape">The sizes of the dimensions, the outermost first.</param>
/// <param name="Values">All values, row after row, 0 to 255.</param>
internal sealed record IdxFile(IReadOnlyList<int> Shape, byte[] Values)
{
    private const byte UnsignedByte = 0x08;
    private const int BytesOfMagic = 4;
    private const int BytesOfSize = 4;

    /// <param name="path">The file.</param>
    /// <param name="dimensions">The number of dimensions that it must have: 1 for labels, 3 for images.</param>
    /// <param name="remedy">What to do about a damaged file, a sentence.</param>
    /// <exception cref="DataFileException">It is missing, damaged, or holds something else.</exception>
    public static IdxFile Read(string path, int dimensions, string remedy = "Get the file again, whole.")
    {
        try
        {
            using Stream stream = Open(path);
            int[] shape = ReadShape(stream, dimensions);
            return new IdxFile(shape, ReadValues(stream, ValueCount(shape)));
        }
        catch (FormatException exception)
        {
            throw new DataFileException(path, exception.Message, remedy, exception);
        }
        catch (InvalidDataException exception)
        {
            throw new DataFileException(path, $"its gzip data is damaged ({exception.Message})", remedy, exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataFileException(path, "there is no such file.", "Name the folder that holds it.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, $"it cannot be read: {exception.Message}", "Check its permissions.", exception);
        }
    }

    /// <summary>The header that the uncompressed file begins with.</summary>
    public byte[] Header()
    {
        var header = new byte[BytesOfMagic + (Shape.Count * BytesOfSize)];
        header[2] = UnsignedByte;
        header[3] = (byte)Shape.Count;
        for (int dimension = 0; dimension < Shape.Count; dimension++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(BytesOfMagic + (dimension * BytesOfSize)), Shape[dimension]);
        return header;
    }

    private static Stream Open(string path)
    {
        FileStream file = File.OpenRead(path);
        bool isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static int[] ReadShape(Stream stream, int dimensions)
    {
        Span<byte> magic = stackalloc byte[BytesOfMagic];
        ReadHeader(stream, magic);
        if (magic[0] != 0 || magic[1] != 0)
            throw new FormatException("it is no IDX file: it does not begin with two zero bytes.");
        if (magic[2] != UnsignedByte)
            throw new FormatException($"its values are of IDX type 0x{magic[2]:x2}, not unsigned bytes (0x08).");
        if (magic[3] != dimensions)
            throw new FormatException(
                $"it has {magic[3]} dimensions, not {dimensions}; images have three, labels one: are two files mixed up?");
        Span<byte> sizes = stackalloc byte[dimensions * BytesOfSize];
        ReadHeader(stream, sizes);
        var shape = new int[dimensions];
        for (int dimension = 0; dimension < dimensions; dimension++)
            shape[dimension] = BinaryPrimitives.ReadInt32BigEndian(sizes[(dimension * BytesOfSize)..]);
        return shape;
    }

    private static void ReadHeader(Stream stream, Span<byte> header)
    {
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            throw new FormatException("it ends within its header.");
    }

    private static byte[] ReadValues(Stream stream, int count)
    {
        byte[] values = GC.AllocateUninitializedArray<byte>(count);
        int read = stream.ReadAtLeast(values, count, throwOnEndOfStream: false);
        if (read < count) throw new FormatException($"it ends after {read} of {count} values.");
        if (stream.ReadByte() >= 0) throw new FormatException($"it goes on after its {count} values.");
        return values;
    }

    private static int ValueCount(int[] shape)
    {
        long count = 1;
        foreach (int size in shape)
        {
            if (size < 1) throw new FormatException($"its header names a dimension of {(uint)size}.");
            count *= size;
            if (count > Array.MaxLength)
                throw new FormatException($"its header names {string.Join(" × ", shape)} values, too many.");
        }
        return (int)count;
    }
}
