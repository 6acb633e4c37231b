using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hpo.Interop.Sampling;

/// <summary>The exponential function of several numbers at once. .NET's own for vectors is as slow as one by one without AVX-512.</summary>
internal static class Exponential
{
    private const double Smallest = -700; // its exponential still has a binary exponent of its own

    // Adding this leaves a whole number in the lowest bits.
    private const double Shift = 3 * (double)(1L << 51);

    // ln 2 as a sum, of which the first part has so few bits that its multiples are exact.
    private const double LogTwoHead = 0.693147180369123816490;
    private const double LogTwoTail = 1.90821492927058770002e-10;
    private const double LogTwoInverse = 1.44269504088896340736;

    /// <summary>The exponentials of numbers up to 0, to about two units of the last place; below -700 that of -700, or 1e-304.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> OfNegative(Vector<double> x)
    {
        x = Vector.Max(x, new Vector<double>(Smallest));
        Vector<double> shifted = MultiplyAdd(x, LogTwoInverse, Shift);
        Vector<double> power = shifted - new Vector<double>(Shift);
        Vector<double> rest = x - (power * LogTwoHead) - (power * LogTwoTail); // at most half of ln 2

        // Taylor's series, by pairs of terms that do not wait for each other; the first that is left out is below 5e-18.
        Vector<double> square = rest * rest, fourth = square * square;
        Vector<double> first = MultiplyAdd(square, MultiplyAdd(rest, 1.0 / 6, 0.5), rest + Vector<double>.One);
        Vector<double> second = MultiplyAdd(square, MultiplyAdd(rest, 1.0 / 5040, 1.0 / 720), MultiplyAdd(rest, 1.0 / 120, 1.0 / 24));
        Vector<double> third = MultiplyAdd(square, MultiplyAdd(rest, 1.0 / 39916800, 1.0 / 3628800), MultiplyAdd(rest, 1.0 / 362880, 1.0 / 40320));
        Vector<double> last = MultiplyAdd(rest, 1.0 / 6227020800, 1.0 / 479001600);
        Vector<double> sum = MultiplyAdd(fourth, MultiplyAdd(fourth, MultiplyAdd(fourth, last, third), second), first);
        Vector<long> exponent = Vector.ShiftLeft(Vector.AsVectorInt64(shifted), 52);
        return Vector.AsVectorDouble(Vector.AsVectorInt64(sum) + exponent);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> MultiplyAdd(Vector<double> factor, double other, double term) =>
        MultiplyAdd(factor, new Vector<double>(other), new Vector<double>(term));

    // In one instruction where the processor has it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> MultiplyAdd(Vector<double> factor, Vector<double> other, Vector<double> term) =>
        Vector.MultiplyAddEstimate(factor, other, term);
}
