using System.IO.Compression;
using System.Security.Cryptography;

namespace Hpo.NativeTrainer.Data;

/// <summary>The handwritten digits that ship with the program; see digits.ATTRIBUTION.md.</summary>
internal static class DigitsDataset
{
    public const int RowCount = 1797;
    public const int FeatureCount = 64;
    public const int ClassCount = 10;
    public const int MaxPixel = 16;

    private const string ResourceName = "Hpo.NativeTrainer.Data.digits.csv.gz";
    private const string Sha256 = "6EBB3D2FEE246A4E99363262DDF8A00A3C41BEE6014C373ED9D9216BA7F651B8";

    private static readonly Lazy<ByteDataset> Shared = new(LoadEmbedded);

    /// <summary>The data set, read once for the whole process.</summary>
    /// <exception cref="InvalidDataException">The embedded file is not the one that the program was written for.</exception>
    public static ByteDataset Load() => Shared.Value;

    /// <summary>Reads gzipped rows of 64 pixels and a label.</summary>
    /// <exception cref="InvalidDataException">The stream is damaged or holds something else; the message says where.</exception>
    public static ByteDataset Read(Stream gzip)
    {
        byte[] csv = Decompress(gzip);
        ByteDataset dataset = Parse(csv);
        string checksum = Convert.ToHexString(SHA256.HashData(csv));
        if (checksum != Sha256)
            throw new InvalidDataException(
                $"The digits data set has the SHA-256 {checksum} instead of {Sha256}: its values were changed.");

        return dataset;
    }

    private static ByteDataset LoadEmbedded()
    {
        using Stream resource = typeof(DigitsDataset).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidDataException($"The program was built without its resource {ResourceName}.");
        return Read(resource);
    }

    private static byte[] Decompress(Stream gzip)
    {
        using var unzipped = new MemoryStream();
        try
        {
            using var decompressor = new GZipStream(gzip, CompressionMode.Decompress, leaveOpen: true);
            decompressor.CopyTo(unzipped);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException("The digits data set is not a gzip file, or it is damaged.", exception);
        }

        return unzipped.ToArray();
    }

    private static ByteDataset Parse(ReadOnlySpan<byte> csv)
    {
        var rows = new byte[RowCount * FeatureCount];
        var labels = new byte[RowCount];
        int row = 0;
        foreach (Range line in csv.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> text = csv[line].TrimEnd((byte)'\r');
            if (text.IsEmpty)
                continue;
            if (row == RowCount)
                throw new InvalidDataException($"The digits data set has more than {RowCount} rows.");
            labels[row] = ParseRow(text, row, rows.AsSpan(row * FeatureCount, FeatureCount));
            row++;
        }

        if (row != RowCount)
            throw new InvalidDataException($"The digits data set has {row} rows instead of {RowCount}.");
        return new ByteDataset(rows, labels, FeatureCount, ClassCount);
    }

    private static byte ParseRow(ReadOnlySpan<byte> text, int row, Span<byte> pixels)
    {
        byte label = 0;
        int field = 0;
        foreach (Range range in text.Split((byte)','))
        {
            int max = field < FeatureCount ? MaxPixel : ClassCount - 1;
            if (field > FeatureCount || !byte.TryParse(text[range], out byte value) || value > max)
                throw new InvalidDataException(
                    $"Row {row + 1} of the digits data set, field {field + 1}: a row is {FeatureCount} integers from 0 to "
                    + $"{MaxPixel} and a label from 0 to {ClassCount - 1}.");
            if (field < FeatureCount)
                pixels[field] = value;
            else
                label = value;
            field++;
        }

        if (field != FeatureCount + 1)
            throw new InvalidDataException(
                $"Row {row + 1} of the digits data set has {field} fields instead of {FeatureCount + 1}.");
        return label;
    }
}
