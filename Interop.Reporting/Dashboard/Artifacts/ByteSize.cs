using System.Globalization;

namespace Hpo.Interop.Reporting.Dashboard.Artifacts;

/// <summary>Sizes as people write them: 500MB, 1.5 GB.</summary>
internal static class ByteSize
{
    private static readonly (string Unit, long Bytes)[] Units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000), ("B", 1)];

    /// <summary>Reads a size; null where it is none, or not above 0.</summary>
    public static long? Parse(string text)
    {
        foreach ((string unit, long bytes) in Units)
        {
            if (!text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) continue;
            return decimal.TryParse(text.AsSpan(0, text.Length - unit.Length).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
                && number * bytes is >= 1 and <= 1_000_000_000_000_000m
                    ? (long)(number * bytes)
                    : null;
        }
        return null;
    }

    /// <summary>A size in the largest unit that fits.</summary>
    public static string Text(long size)
    {
        (string unit, long bytes) = Units.First(known => size >= known.Bytes || known.Bytes == 1);
        return string.Create(CultureInfo.InvariantCulture, $"{(double)size / bytes:0.##} {unit}");
    }
}
