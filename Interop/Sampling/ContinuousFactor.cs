using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hpo.Interop.Sampling;

/// <summary>Normal densities that are cut off at two bounds.</summary>
/// <param name="mu">The means of the components.</param>
/// <param name="sigma">Their standard deviations.</param>
/// <param name="x">The points.</param>
/// <param name="low">The lower bound.</param>
/// <param name="high">The upper bound.</param>
/// <param name="isScaled">Whether they are densities of x; else, as Optuna's before 3.2, of (x − μ) / σ.</param>
/// <param name="count">How many components there are.</param>
internal sealed unsafe class ContinuousFactor(double* mu, double* sigma, double* x, double low, double high, bool isScaled, int count)
    : DensityFactor
{
    private const double LogRootOfTwoPi = 0.91893853320467274178;

    private readonly double[] _inverse = new double[count];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddCommon(int start, Span<double> terms)
    {
        for (int i = 0; i < terms.Length; i++)
        {
            double center = mu[start + i], width = sigma[start + i];
            _inverse[start + i] = 1 / width;
            double mass = NormalDistribution.Mass((low - center) / width, (high - center) / width);
            terms[i] -= (mass == 1 ? 0 : Math.Log(mass)) + LogRootOfTwoPi;
            if (isScaled) terms[i] -= Math.Log(width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddPoint(int point, int start, Span<double> terms)
    {
        int i = 0;
        const double half = 0.5;
        Vector<double> value = new(x[point]);
        for (; i <= terms.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> distance = (value - Vector.Load(mu + start + i)) * new Vector<double>(_inverse, start + i);
            (new Vector<double>(terms[i..]) - (half * distance * distance)).CopyTo(terms[i..]);
        }
        for (; i < terms.Length; i++)
        {
            double distance = (x[point] - mu[start + i]) * _inverse[start + i];
            terms[i] -= half * distance * distance;
        }
    }

    public override bool IsSame(int point, int other) => x[point].Equals(x[other]);
}
