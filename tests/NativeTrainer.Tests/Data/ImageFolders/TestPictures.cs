using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using SkiaSharp;

namespace Hpo.Tests;

/// <summary>Picture files that tests make.</summary>
internal static class TestPictures
{
    /// <summary>A CMYK JPEG of 8 × 8 pixels in one red, by Pillow.</summary>
    public const string Cmyk =
        "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/8AA" +
        "FAgACAAIBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQci" +
        "cRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqi" +
        "o6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD06uSrkq9Ir//Z";

    /// <summary>A file of a painted picture.</summary>
    public static byte[] Encode(int height, int width, Func<int, int, SKColor> colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (int row = 0; row < height; row++)
            for (int column = 0; column < width; column++) bitmap.SetPixel(column, row, colour(row, column));
        using SKData data = bitmap.Encode(format, quality: 100);
        return data.ToArray();
    }

    /// <summary>A file of one colour.</summary>
    public static byte[] Plain(SKColor colour, int height = 16, int width = 16, SKEncodedImageFormat format = SKEncodedImageFormat.Png) =>
        Encode(height, width, (_, _) => colour, format);

    /// <summary>A PNG file of any kind: colour type 0 is grey, 2 rgb, and 3 has a palette.</summary>
    public static byte[] Png(int width, int height, int bits, int colourType, byte[] rows, byte[]? palette = null)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = ((byte)bits, (byte)colourType);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(rows);
        return
        [
            .. (byte[])[0x89, .. "PNG\r\n\x1a\n"u8],
            .. Chunk("IHDR"u8, header),
            .. palette is null ? [] : Chunk("PLTE"u8, palette),
            .. Chunk("IDAT"u8, packed.ToArray()),
            .. Chunk("IEND"u8, []),
        ];
    }

    /// <summary>A JPEG file that says how it is to be turned.</summary>
    public static byte[] WithOrientation(byte[] jpeg, int orientation)
    {
        byte[] exif =
        [
            .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, // Big-endian; the one directory begins at 8.
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }

    public static string Write(this TemporaryFolder folder, string name, byte[] content)
    {
        string path = folder.Write(name, "");
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Classes of noisy pictures that differ in colour: warm, cold, and grey.</summary>
    public static void WriteColours(this TemporaryFolder folder, string under, int each, int seed, int size = 12)
    {
        var random = new Random(seed);
        foreach ((string name, SKColor colour) in (IEnumerable<(string, SKColor)>)
                 [("warm ☀", new SKColor(200, 80, 40)), ("cold", new SKColor(40, 80, 200)), ("grey", new SKColor(110, 110, 110))])
        {
            for (int index = 0; index < each; index++)
                folder.Write($"{under}{name}/{index:000}.png", Encode(size, size, (_, _) => Noisy(colour, random)));
        }
    }

    /// <summary>Two classes of grey pictures: a bar that stands and one that lies.</summary>
    public static void WriteBars(this TemporaryFolder folder, int each, int seed = 0, int size = 16)
    {
        var random = new Random(seed);
        for (int index = 0; index < each; index++)
        {
            int where = random.Next(2, size - 4);
            bool On(int place) => place >= where && place < where + 3;
            folder.Write($"lying/{index}.png", Encode(size, size, (row, _) => Grey(On(row) ? 220 : random.Next(60))));
            folder.Write($"standing/{index}.png", Encode(size, size, (_, column) => Grey(On(column) ? 220 : random.Next(60))));
        }
    }

    public static SKColor Grey(int value) => new((byte)value, (byte)value, (byte)value);

    private static SKColor Noisy(SKColor colour, Random random) =>
        new((byte)(colour.Red + random.Next(50)), (byte)(colour.Green + random.Next(50)), (byte)(colour.Blue + random.Next(50)));

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] length = new byte[4], checksum = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        byte[] body = [.. type, .. content];
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc32.HashToUInt32(body));
        return [.. length, .. body, .. checksum];
    }
}
