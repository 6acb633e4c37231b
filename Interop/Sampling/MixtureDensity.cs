using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hpo.Interop.Sampling;

/// <summary>
/// The logarithm of a mixture's density, of which each component is a product of one-dimensional factors: the part of a
/// Parzen estimator whose cost grows with the study. Most components are too far from a point to count: they are put in an order
/// in which neighbours are near each other, and blocks that are far off are left out. Methods with loops are compiled for speed at
/// their first call: a short study makes too few calls to get there by itself.
/// </summary>
internal static class MixtureDensity
{
    private const double Smallest = 1e-280; // what Exponential leaves out is far below this
    private const double Negligible = 50; // a million terms so much below another, in logarithms, are 2e-16 of it

    /// <param name="weights">Those of the components.</param>
    /// <param name="factors">A factor a parameter.</param>
    /// <param name="densities">Takes the result of each point; NaN where it is too small to be told.</param>
    public static void Log(ReadOnlySpan<double> weights, DensityFactor[] factors, Span<double> densities)
    {
        ReadOnlySpan<int> points = Distinct(factors, densities.Length, out int[] same);
        double[] sums = new double[points.Length];
        double offset = 0;
        if (factors.Length != 1 || !factors[0].TryDensities(weights, points, sums)) offset = SumBlocks(weights, factors, points, sums);
        for (int i = 0; i < densities.Length; i++)
            densities[i] = sums[same[i]] >= Smallest ? Math.Log(sums[same[i]]) + offset : double.NaN;
    }

    // Parameters with few values give the same point again and again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ReadOnlySpan<int> Distinct(DensityFactor[] factors, int count, out int[] same)
    {
        int[] points = new int[count];
        same = new int[count];
        int distinct = 0;
        for (int i = 0; i < count; i++)
        {
            while (same[i] < distinct && !AreSame(factors, points[same[i]], i)) same[i]++;
            if (same[i] == distinct) points[distinct++] = i;
        }
        return points.AsSpan(0, distinct);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreSame(DensityFactor[] factors, int point, int other)
    {
        foreach (DensityFactor factor in factors)
            if (!factor.IsSame(point, other)) return false;
        return true;
    }

    /// <returns>The logarithm of what the sums are to be multiplied by.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumBlocks(
        ReadOnlySpan<double> weights, DensityFactor[] factors, ReadOnlySpan<int> points, Span<double> sums)
    {
        int count = weights.Length, blocks = (count + DensityFactor.BlockSize - 1) / DensityFactor.BlockSize;
        using IMemoryOwner<double> commonOwner = MemoryPool<double>.Shared.Rent(count);
        Span<double> common = commonOwner.Memory.Span[..count];
        Arrange(weights, factors, common);
        Logarithm.Replace(common);
        foreach (DensityFactor factor in factors) factor.AddCommon(0, common);

        // No term of a point is larger than what it has in common with the other points'. Relative to the largest of these the sums
        // do not overflow.
        double[] largest = new double[blocks], bounds = new double[blocks];
        for (int block = 0; block < blocks; block++) largest[block] = Largest(Block(common, block));
        double maximum = Largest(largest);
        for (int i = 0; i < points.Length; i++)
        {
            for (int block = 0; block < blocks; block++)
            {
                bounds[block] = largest[block] - maximum;
                foreach (DensityFactor factor in factors) bounds[block] += factor.Bound(points[i], block * DensityFactor.BlockSize);
            }
            int nearest = bounds.IndexOf(Largest(bounds));
            sums[i] = SumBlock(common, factors, points[i], nearest, maximum);
            double least = Math.Log(sums[i]) - Negligible;
            for (int block = 0; block < blocks; block++)
                if (block != nearest && bounds[block] >= least) sums[i] += SumBlock(common, factors, points[i], block, maximum);
        }
        return maximum;
    }

    private static void Arrange(ReadOnlySpan<double> weights, DensityFactor[] factors, Span<double> arranged)
    {
        using IMemoryOwner<int> owner = MemoryPool<int>.Shared.Rent(weights.Length);
        Span<int> order = owner.Memory.Span[..weights.Length];
        bool isOrdered = false;
        for (int i = 0; i < factors.Length && !isOrdered; i++) isOrdered = factors[i].TryOrder(order);
        if (!isOrdered)
            for (int i = 0; i < order.Length; i++) order[i] = i;
        foreach (DensityFactor factor in factors) factor.Arrange(order);
        for (int i = 0; i < order.Length; i++) arranged[i] = weights[order[i]];
    }

    private static Span<double> Block(Span<double> terms, int block)
    {
        int start = block * DensityFactor.BlockSize;
        return terms[start..Math.Min(start + DensityFactor.BlockSize, terms.Length)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumBlock(Span<double> common, DensityFactor[] factors, int point, int block, double offset)
    {
        Span<double> terms = stackalloc double[DensityFactor.BlockSize];
        Span<double> own = Block(common, block);
        own.CopyTo(terms);
        terms = terms[..own.Length];
        foreach (DensityFactor factor in factors) factor.AddPoint(point, block * DensityFactor.BlockSize, terms);
        int i = 0;
        Vector<double> sums = default, offsets = new(offset);
        for (; i <= terms.Length - Vector<double>.Count; i += Vector<double>.Count)
            sums += Exponential.OfNegative(new Vector<double>(terms[i..]) - offsets);
        double sum = Vector.Sum(sums);
        for (; i < terms.Length; i++) sum += Math.Exp(terms[i] - offset);
        return sum;
    }

    /// <returns>NaN where there is one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Largest(ReadOnlySpan<double> terms)
    {
        double largest = double.NegativeInfinity;
        foreach (double term in terms) largest = Math.Max(largest, term);
        return largest;
    }
}
