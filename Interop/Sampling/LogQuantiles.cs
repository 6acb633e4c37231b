using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hpo.Interop.Sampling;

/// <summary>
/// The quantiles of the standard normal distribution at the logarithms of probabilities, found by bisection in the very steps
/// of Optuna's <c>_ndtri_exp</c> (before 4.2), with the functions of the C library that Python's <c>math</c> calls: the same
/// to the last bit.
/// </summary>
internal static unsafe class LogQuantiles
{
    private const double RootOfTwo = 1.4142135623730951;
    private const int Halvings = 100;

    private static readonly delegate* unmanaged<double, double> Erf = (delegate* unmanaged<double, double>)Export("erf");
    private static readonly delegate* unmanaged<double, double> Erfc = (delegate* unmanaged<double, double>)Export("erfc");
    private static readonly delegate* unmanaged<double, double> NaturalLog = (delegate* unmanaged<double, double>)Export("log");

    /// <summary>Whether the C library is known here.</summary>
    public static bool AreKnown => Erf is not null && Erfc is not null && NaturalLog is not null;

    /// <summary>Replaces each logarithm by its quantile.</summary>
    /// <param name="logs">The logarithms.</param>
    /// <param name="halvesAtEnd">Whether the last interval's middle is taken, and not its end, where all halvings were needed.</param>
    public static void Find(Span<double> logs, bool halvesAtEnd)
    {
        foreach (ref double value in logs) value = Find(value, halvesAtEnd);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Find(double target, bool halvesAtEnd)
    {
        double below = -100, above = 100, middle = 0;
        if (LogProbability(below) > target) (below, above) = (above, below);
        for (int i = 0; i < Halvings; i++)
        {
            middle = (below + above) / 2;
            if (middle == below || middle == above) return middle; // nor would it ever change again
            if (LogProbability(middle) < target) below = middle;
            else above = middle;
        }
        return halvesAtEnd ? (below + above) / 2 : middle;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double LogProbability(double x)
    {
        if (x > 6) return -Probability(-x);
        if (x > -20) return NaturalLog(Probability(x));
        double square = x * x, leading = (-0.5 * square) - NaturalLog(-x) - (0.5 * NaturalLog(2 * Math.PI));
        double before = 0, sum = 1, numerator = 1, factor = 1;
        int sign = 1;
        for (int i = 1; Math.Abs(before - sum) > double.BitIncrement(1) - 1; i++)
        {
            before = sum;
            sign = -sign;
            factor *= 1 / square;
            numerator *= (2 * i) - 1;
            sum += sign * numerator * factor;
        }
        return leading + NaturalLog(sum);
    }

    private static double Probability(double x)
    {
        double scaled = x / RootOfTwo;
        if (scaled < -1 / RootOfTwo) return 0.5 * Erfc(-scaled);
        return scaled < 1 / RootOfTwo ? 0.5 + (0.5 * Erf(scaled)) : 1.0 - (0.5 * Erfc(scaled));
    }

    private static nint Export(string name)
    {
        foreach (string library in (string[])["libm.so.6", "libSystem.dylib", "ucrtbase.dll"])
        {
            if (NativeLibrary.TryLoad(library, out nint handle) && NativeLibrary.TryGetExport(handle, name, out nint function)) return function;
        }
        return 0;
    }
}
