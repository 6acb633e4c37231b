using System.Buffers;
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
    private const int Buckets = 512;

    // In the order that is given.
    private readonly IMemoryOwner<double> _means = MemoryPool<double>.Shared.Rent(count);
    private readonly IMemoryOwner<double> _inverses = MemoryPool<double>.Shared.Rent(count); // of the deviations
    private readonly Extent[] _extents = new Extent[(count + BlockSize - 1) / BlockSize];

    /// <summary>Orders the components by their means, but for those that are nearly the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryOrder(Span<int> order)
    {
        double scale = Buckets / (high - low);
        if (!double.IsFinite(scale)) return false;
        Span<int> ends = stackalloc int[Buckets];
        ends.Clear();
        for (int i = 0; i < count; i++) ends[Bucket(mu[i], scale)]++;
        for (int i = 1; i < Buckets; i++) ends[i] += ends[i - 1];
        for (int i = count - 1; i >= 0; i--) order[--ends[Bucket(mu[i], scale)]] = i;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Arrange(ReadOnlySpan<int> order)
    {
        Span<double> means = _means.Memory.Span, inverses = _inverses.Memory.Span;
        Extent extent = default;
        for (int i = 0; i < order.Length; i++)
        {
            double mean = mu[order[i]], width = sigma[order[i]];
            means[i] = mean;
            inverses[i] = 1 / width;
            extent = i % BlockSize == 0
                ? new Extent(mean, mean, width)
                : new Extent(Math.Min(extent.Lowest, mean), Math.Max(extent.Highest, mean), Math.Max(extent.Widest, width));
            _extents[i / BlockSize] = extent;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddCommon(int start, Span<double> terms)
    {
        Span<double> means = _means.Memory.Span[start..], inverses = _inverses.Memory.Span[start..];
        Span<double> peaks = stackalloc double[BlockSize]; // the density at the mean
        for (int first = 0; first < terms.Length; first += BlockSize)
        {
            Span<double> own = peaks[..Math.Min(BlockSize, terms.Length - first)];
            for (int i = 0; i < own.Length; i++)
            {
                double mean = means[first + i], inverse = inverses[first + i];
                own[i] = (isScaled ? inverse : 1) / NormalDistribution.Mass((low - mean) * inverse, (high - mean) * inverse);
            }
            Logarithm.Replace(own);
            for (int i = 0; i < own.Length; i++) terms[first + i] += own[i] - LogRootOfTwoPi;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddPoint(int point, int start, Span<double> terms)
    {
        Span<double> means = _means.Memory.Span[start..], inverses = _inverses.Memory.Span[start..];
        int i = 0;
        const double half = 0.5;
        Vector<double> value = new(x[point]);
        for (; i <= terms.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> distance = (value - new Vector<double>(means[i..])) * new Vector<double>(inverses[i..]);
            (new Vector<double>(terms[i..]) - (half * distance * distance)).CopyTo(terms[i..]);
        }
        for (; i < terms.Length; i++)
        {
            double distance = (x[point] - means[i]) * inverses[i];
            terms[i] -= half * distance * distance;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Bound(int point, int start)
    {
        Extent extent = _extents[start / BlockSize];
        double distance = Math.Max(0, Math.Max(extent.Lowest - x[point], x[point] - extent.Highest)) / extent.Widest;
        return -0.5 * distance * distance;
    }

    public override bool IsSame(int point, int other) => x[point].Equals(x[other]);

    public override void Dispose()
    {
        _means.Dispose();
        _inverses.Dispose();
        base.Dispose();
    }

    private int Bucket(double mean, double scale) => Math.Clamp((int)((mean - low) * scale), 0, Buckets - 1);

    /// <summary>Of a block: between which means it lies, and the largest deviation.</summary>
    private readonly record struct Extent(double Lowest, double Highest, double Widest);
}
