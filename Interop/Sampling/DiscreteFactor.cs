using System.Runtime.CompilerServices;

namespace Hpo.Interop.Sampling;

/// <summary>The masses that normal distributions, cut off at two bounds, have between a point's two edges.</summary>
internal sealed unsafe class DiscreteFactor : DensityFactor
{
    private readonly double* _left;
    private readonly double* _right;

    // Trials repeat their values: each different component is computed once.
    private readonly int[] _components;
    private readonly List<(double Mu, double Sigma)> _distinct = [];
    private readonly double[] _totals;
    private readonly Dictionary<int, double[]> _logMasses = [];

    public DiscreteFactor(double* mu, double* sigma, double* left, double* right, double low, double high, int count)
    {
        _left = left;
        _right = right;
        _components = new int[count];
        var places = new Dictionary<(double Mu, double Sigma), int>();
        for (int i = 0; i < count; i++)
        {
            if (!places.TryGetValue((mu[i], sigma[i]), out int place))
            {
                place = places[(mu[i], sigma[i])] = _distinct.Count;
                _distinct.Add((mu[i], sigma[i]));
            }
            _components[i] = place;
        }
        _totals = Masses(low, high);
    }

    public override void Arrange(ReadOnlySpan<int> order)
    {
        int[] before = [.. _components];
        for (int i = 0; i < order.Length; i++) _components[i] = before[order[i]];
    }

    public override void AddCommon(int start, Span<double> terms)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddPoint(int point, int start, Span<double> terms)
    {
        if (!_logMasses.TryGetValue(point, out double[]? masses))
        {
            masses = _logMasses[point] = Shares(point);
            Logarithm.Replace(masses);
        }
        for (int i = 0; i < terms.Length; i++) terms[i] += masses[_components[start + i]];
    }

    public override bool IsSame(int point, int other) => _left[point].Equals(_left[other]) && _right[point].Equals(_right[other]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryDensities(ReadOnlySpan<double> weights, ReadOnlySpan<int> points, Span<double> densities)
    {
        double[] together = new double[_distinct.Count];
        for (int i = 0; i < weights.Length; i++) together[_components[i]] += weights[i];
        for (int i = 0; i < points.Length; i++)
        {
            double[] shares = Shares(points[i]);
            for (int component = 0; component < shares.Length; component++) densities[i] += together[component] * shares[component];
        }
        return true;
    }

    /// <summary>The part of each different component's mass between the point's edges.</summary>
    private double[] Shares(int point)
    {
        double[] masses = Masses(_left[point], _right[point]);
        for (int i = 0; i < masses.Length; i++) masses[i] /= _totals[i];
        return masses;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] Masses(double low, double high)
    {
        double[] masses = new double[_distinct.Count];
        for (int i = 0; i < masses.Length; i++)
        {
            (double mu, double sigma) = _distinct[i];
            masses[i] = NormalDistribution.Mass((low - mu) / sigma, (high - mu) / sigma);
        }
        return masses;
    }
}
