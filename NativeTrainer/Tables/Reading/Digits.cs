using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>Turns decimal digits into the nearest double.</summary>
internal static class Digits
{
    /// <summary>As many digits fit into 64 bits.</summary>
    public const int Maximum = 19;

    private const ulong MaximumExact = 1UL << 53; // whole numbers up to here are exact as doubles
    private const double Tolerance = 1.0 / (1L << 48); // far more than the error of the correction below

    // They are exact as doubles.
    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    ];

    /// <summary>Appends the digits from an index on to a number, and moves the index behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read(ReadOnlySpan<char> text, ref int index, ulong number)
    {
        while (index + 4 <= text.Length)
        {
            // Four characters at once: each is 0x0030 to 0x0039.
            ulong four = MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(text[index..]));
            ulong digits = four ^ 0x0030_0030_0030_0030;
            if (((digits | (digits + 0x0006_0006_0006_0006)) & 0xfff0_fff0_fff0_fff0) != 0) break;
            digits = (digits * 10) + (digits >> 16); // the first and the third character now hold two digits each
            number = (number * 10_000) + ((digits & 0xff) * 100) + ((digits >> 32) & 0xff);
            index += 4;
        }

        while ((uint)index < (uint)text.Length)
        {
            uint digit = (uint)(text[index] - '0');
            if (digit > 9) break;
            number = (number * 10) + digit;
            index++;
        }
        return number;
    }

    /// <summary>The double that is nearest to a whole number divided by a power of ten; false where it takes more to tell.</summary>
    public static bool TryScale(ulong number, int scale, out double value)
    {
        double power = PowersOfTen[scale];
        value = number / power; // one rounding of two exact numbers
        if (number <= MaximumExact) return true;

        // The quotient and a correction that is known to some fifty bits: where its error cannot matter, the sum is the nearest.
        double rounded = number;
        double rest = Math.FusedMultiplyAdd(-value, power, rounded) + (long)(number - (ulong)rounded);
        double correction = rest / power;
        double low = value + (correction * (1 - Tolerance));
        double high = value + (correction * (1 + Tolerance));
        value = low;
        return low == high;
    }
}
