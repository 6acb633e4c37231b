using System.Runtime.CompilerServices;

namespace Hpo.Interop.Sampling;

/// <summary>Masses of the standard normal distribution.</summary>
internal static class NormalDistribution
{
    private const double SquareRootOfHalf = 0.70710678118654752440;
    private const double FarOut = 9; // what lies beyond is below the precision of 1
    private const double InverseSquareRootOfPi = 0.56418958354775628695;

    /// <summary>The mass between two bounds, without cancellation where both lie far out on one side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Mass(double low, double high)
    {
        if (low < -FarOut && high > FarOut) return 1;
        if (low > 0) return (Erfc(low * SquareRootOfHalf) - Erfc(high * SquareRootOfHalf)) / 2;
        if (high <= 0) return (Erfc(-high * SquareRootOfHalf) - Erfc(-low * SquareRootOfHalf)) / 2;
        return (Erf(high * SquareRootOfHalf) + Erf(-low * SquareRootOfHalf)) / 2;
    }

    /// <summary>The error function of a number that is not negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Erf(double x) => x <= 0.46875 ? x * Central(x * x) : x < 6 ? 1 - Erfc(x) : 1;

    // The rational approximations of W. J. Cody, Rational Chebyshev Approximations for the Error Function, 1969.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Erfc(double x)
    {
        if (x <= 0.46875) return 1 - (x * Central(x * x));
        if (x > 27) return 0; // below the smallest number
        return Exponential(x) * (x <= 4 ? Middle(x) : Far(x));
    }

    // exp(-x²), with x² split so that its rounding does no harm.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Exponential(double x)
    {
        double head = Math.Truncate(x * 16) / 16;
        return Math.Exp(-head * head) * Math.Exp(-(x - head) * (x + head));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Central(double square) =>
        Polynomial(
            square,
            [0.185777706184603153, 3.16112374387056560, 113.864154151050156, 377.485237685302021, 3209.37758913846947]) /
        Polynomial(square, [1, 23.6012909523441209, 244.024637934444173, 1282.61652607737228, 2844.23683343917062]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Middle(double x) =>
        Polynomial(
            x,
            [
                2.15311535474403846e-8, 0.564188496988670089, 8.88314979438837594, 66.1191906371416295, 298.635138197400131,
                881.952221241769090, 1712.04761263407058, 2051.07837782607147, 1230.33935479799725,
            ]) /
        Polynomial(
            x,
            [
                1, 15.7449261107098347, 117.693950891312499, 537.181101862009858, 1621.38957456669019, 3290.79923573345963,
                4362.61909014324716, 3439.36767414372164, 1230.33935480374942,
            ]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Far(double x)
    {
        double inverse = 1 / (x * x);
        double ratio = inverse *
            Polynomial(
                inverse,
                [
                    0.0163153871373020978, 0.305326634961232344, 0.360344899949804439, 0.125781726111229246, 0.0160837851487422766,
                    6.58749161529837803e-4,
                ]) /
            Polynomial(
                inverse,
                [1, 2.56852019228982242, 1.87295284992346725, 0.527905102951428412, 0.0605183413124413191, 0.00233520497626869185]);
        return (InverseSquareRootOfPi - ratio) / x;
    }

    /// <param name="x">The variable.</param>
    /// <param name="coefficients">From the highest power's on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Polynomial(double x, ReadOnlySpan<double> coefficients)
    {
        double sum = 0;
        foreach (double coefficient in coefficients) sum = (sum * x) + coefficient;
        return sum;
    }
}
