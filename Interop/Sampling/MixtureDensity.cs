using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hpo.Interop.Sampling;

/// <summary>
/// The logarithm of a mixture's density, of which each component is a product of one-dimensional factors: the part of a
/// Parzen estimator whose cost grows with the study. Methods with loops are compiled for speed at their first call: a short study
/// makes too few calls to get there by itself.
/// </summary>
internal static class MixtureDensity
{
    private const int BlockSize = 512; // its terms stay in the processor's nearest cache
    private const double Smallest = 1e-280; // what Exponential leaves out is far below this

    /// <param name="weights">Those of the components.</param>
    /// <param name="factors">A factor a parameter.</param>
    /// <param name="densities">Takes the result of each point; NaN where it is too small to be told.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Log(ReadOnlySpan<double> weights, IReadOnlyList<DensityFactor> factors, Span<double> densities)
    {
        int[] points = Distinct(factors, densities.Length, out int[] same);
        double maximum = double.NegativeInfinity;
        double[] sums = new double[points.Length];
        Span<double> common = stackalloc double[BlockSize], terms = stackalloc double[BlockSize];
        for (int start = 0; start < weights.Length; start += BlockSize)
        {
            int count = Math.Min(BlockSize, weights.Length - start);
            for (int i = 0; i < count; i++) common[i] = Math.Log(weights[start + i]);
            foreach (DensityFactor factor in factors) factor.AddCommon(start, common[..count]);

            // No term of a point is larger than what it has in common with the other points'. Relative to the largest of these
            // the sums do not overflow.
            double largest = Math.Max(maximum, Largest(common[..count]));
            if (double.IsNegativeInfinity(largest)) continue;
            for (int i = 0; i < points.Length; i++) sums[i] *= Math.Exp(maximum - largest);
            maximum = largest;
            for (int i = 0; i < points.Length; i++)
            {
                common[..count].CopyTo(terms);
                foreach (DensityFactor factor in factors) factor.AddPoint(points[i], start, terms[..count]);
                sums[i] += SumOfExponentials(terms[..count], maximum);
            }
        }
        for (int i = 0; i < densities.Length; i++)
            densities[i] = sums[same[i]] >= Smallest ? Math.Log(sums[same[i]]) + maximum : double.NaN;
    }

    // Parameters with few values give the same point again and again.
    private static int[] Distinct(IReadOnlyList<DensityFactor> factors, int count, out int[] same)
    {
        List<int> points = [];
        same = new int[count];
        for (int i = 0; i < count; i++)
        {
            same[i] = points.FindIndex(point => factors.All(factor => factor.IsSame(point, i)));
            if (same[i] >= 0) continue;
            same[i] = points.Count;
            points.Add(i);
        }
        return [.. points];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfExponentials(Span<double> terms, double offset)
    {
        int i = 0;
        Vector<double> sums = default, offsets = new(offset);
        for (; i <= terms.Length - Vector<double>.Count; i += Vector<double>.Count)
            sums += Exponential.OfNegative(new Vector<double>(terms[i..]) - offsets);
        double sum = Vector.Sum(sums);
        for (; i < terms.Length; i++) sum += Math.Exp(terms[i] - offset);
        return sum;
    }

    /// <returns>NaN where there is one.</returns>
    private static double Largest(ReadOnlySpan<double> terms)
    {
        double largest = double.NegativeInfinity;
        foreach (double term in terms) largest = Math.Max(largest, term);
        return largest;
    }
}
