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

    /// <param name="weights">Those of the components.</param>
    /// <param name="factors">A factor a parameter.</param>
    /// <param name="densities">Takes the result of each point.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Log(ReadOnlySpan<double> weights, IReadOnlyList<DensityFactor> factors, Span<double> densities)
    {
        int[] points = Distinct(factors, densities.Length, out int[] same);
        double[] maxima = new double[points.Length], sums = new double[points.Length];
        Array.Fill(maxima, double.NegativeInfinity);
        Span<double> common = stackalloc double[BlockSize], terms = stackalloc double[BlockSize];
        for (int start = 0; start < weights.Length; start += BlockSize)
        {
            int count = Math.Min(BlockSize, weights.Length - start);
            for (int i = 0; i < count; i++) common[i] = Math.Log(weights[start + i]);
            foreach (DensityFactor factor in factors) factor.AddCommon(start, common[..count]);
            for (int i = 0; i < points.Length; i++)
            {
                common.CopyTo(terms);
                foreach (DensityFactor factor in factors) factor.AddPoint(points[i], start, terms[..count]);
                AddExponentials(terms[..count], ref maxima[i], ref sums[i]);
            }
        }
        for (int i = 0; i < densities.Length; i++)
            densities[i] = Math.Log(sums[same[i]]) + maxima[same[i]];
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

    // The sum is kept relative to the largest term so far, so that it neither overflows nor vanishes.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddExponentials(Span<double> terms, ref double maximum, ref double sum)
    {
        double largest = Math.Max(maximum, Largest(terms));
        if (double.IsNegativeInfinity(largest)) return;
        sum *= Math.Exp(maximum - largest);
        maximum = largest;
        int i = 0;
        Vector<double> sums = default, offset = new(largest);
        for (; i <= terms.Length - Vector<double>.Count; i += Vector<double>.Count)
            sums += Exponential.OfNegative(new Vector<double>(terms[i..]) - offset);
        sum += Vector.Sum(sums);
        for (; i < terms.Length; i++) sum += Math.Exp(terms[i] - largest);
    }

    /// <returns>NaN where there is one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Largest(Span<double> terms)
    {
        int i = 0;
        Vector<double> largest = new(double.NegativeInfinity);
        for (; i <= terms.Length - Vector<double>.Count; i += Vector<double>.Count)
            largest = Vector.Max(largest, new Vector<double>(terms[i..]));
        double result = double.NegativeInfinity;
        for (int lane = 0; lane < Vector<double>.Count; lane++) result = Math.Max(result, largest[lane]);
        for (; i < terms.Length; i++) result = Math.Max(result, terms[i]);
        return result;
    }
}
