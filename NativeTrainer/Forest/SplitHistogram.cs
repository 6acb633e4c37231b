using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hpo.NativeTrainer.Forest;

/// <summary>
/// The class weights of a node for every value of one feature. A byte has few values, so the best threshold is found
/// without sorting, and exactly: all sums are integers. Only the values that occur are visited and cleared again, so a
/// node of three rows costs three steps and not one for every possible value.
/// </summary>
internal sealed class SplitHistogram
{
    /// <summary>Up to here the squared weights of a node fit the 32-bit lanes.</summary>
    internal const int MaxVectorWeight = 46340;

    private const int VectorLanes = 16;
    private const int WordBits = 64;

    private readonly int _stride;
    private readonly int[] _weights;
    private readonly ulong[] _present;
    private readonly long[] _left;

    public SplitHistogram(int valueCount, int classCount)
    {
        _stride = Math.Max(classCount, VectorLanes);
        _weights = new int[valueCount * _stride];
        _present = new ulong[(valueCount + WordBits - 1) / WordBits];
        _left = new long[_stride];
        Totals = new int[_stride];
    }

    /// <summary>The class weights of the node, set by <see cref="CountClasses"/>.</summary>
    public int[] Totals { get; }

    private int TotalWeight { get; set; }

    private long TotalSquares { get; set; }

    /// <summary>Looks at a new node. False if its rows are all of one class.</summary>
    public bool CountClasses(ReadOnlySpan<Sample> samples)
    {
        int[] totals = Totals;
        Array.Clear(totals);
        foreach (Sample sample in samples)
            totals[sample.Label] += sample.Weight;

        int weight = 0;
        long squares = 0;
        foreach (int total in totals)
        {
            weight += total;
            squares += (long)total * total;
        }

        TotalWeight = weight;
        TotalSquares = squares;
        return squares != (long)weight * weight;
    }

    /// <summary>
    /// The best threshold of a column for the node that was counted last. False if the column is constant there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryFindThreshold(
        ReadOnlySpan<Sample> samples, ReadOnlySpan<byte> column, out byte threshold, out double score)
    {
        if (_present.Length == 1)
            AccumulateFewValues(samples, column);
        else
            AccumulateManyValues(samples, column);

        int best = _stride == VectorLanes && TotalWeight <= MaxVectorWeight
            ? ScanVectors(out score)
            : ScanScalars(out score);
        threshold = (byte)Math.Max(best, 0);
        return best >= 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AccumulateFewValues(ReadOnlySpan<Sample> samples, ReadOnlySpan<byte> column)
    {
        // The mask stays in a register here: this loop is where a forest spends its time.
        ulong present = 0;
        int stride = _stride;
        Span<int> weights = _weights;
        foreach (Sample sample in samples)
        {
            int value = column[sample.Row];
            present |= 1UL << value;
            weights[value * stride + sample.Label] += sample.Weight;
        }

        _present[0] = present;
    }

    private void AccumulateManyValues(ReadOnlySpan<Sample> samples, ReadOnlySpan<byte> column)
    {
        Array.Clear(_present);
        foreach (Sample sample in samples)
        {
            int value = column[sample.Row];
            _present[value / WordBits] |= 1UL << value;
            _weights[value * _stride + sample.Label] += sample.Weight;
        }
    }

    /// <summary>Up to 16 classes in two vectors: the usual case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScanVectors(out double bestScore)
    {
        Span<Vector256<int>> weights = MemoryMarshal.Cast<int, Vector256<int>>(_weights.AsSpan());
        ReadOnlySpan<Vector256<int>> totals = MemoryMarshal.Cast<int, Vector256<int>>(Totals.AsSpan());
        Vector256<int> totalLow = totals[0];
        Vector256<int> totalHigh = totals[1];
        Vector256<int> leftLow = default;
        Vector256<int> leftHigh = default;
        int threshold = -1;
        int previous = -1;
        bestScore = double.NegativeInfinity;
        for (int word = 0; word < _present.Length; word++)
        {
            for (ulong rest = _present[word]; rest != 0; rest &= rest - 1)
            {
                int value = word * WordBits + BitOperations.TrailingZeroCount(rest);
                if (previous >= 0)
                {
                    int leftWeight = Vector256.Sum(leftLow + leftHigh);
                    int leftSquares = Vector256.Sum(leftLow * leftLow + leftHigh * leftHigh);
                    int cross = Vector256.Sum(leftLow * totalLow + leftHigh * totalHigh);
                    double score = Score(leftWeight, leftSquares, cross);
                    if (score > bestScore)
                    {
                        bestScore = score;
                        threshold = (previous + value) / 2;
                    }
                }

                int slot = 2 * value;
                leftLow += weights[slot];
                leftHigh += weights[slot + 1];
                weights[slot] = default;
                weights[slot + 1] = default;
                previous = value;
            }
        }

        return threshold;
    }

    /// <summary>Any number of classes and rows.</summary>
    private int ScanScalars(out double bestScore)
    {
        long[] left = _left;
        Array.Clear(left);
        long leftWeight = 0;
        long leftSquares = 0;
        long cross = 0;
        int threshold = -1;
        int previous = -1;
        bestScore = double.NegativeInfinity;
        for (int word = 0; word < _present.Length; word++)
        {
            for (ulong rest = _present[word]; rest != 0; rest &= rest - 1)
            {
                int value = word * WordBits + BitOperations.TrailingZeroCount(rest);
                if (previous >= 0)
                {
                    double score = Score(leftWeight, leftSquares, cross);
                    if (score > bestScore)
                    {
                        bestScore = score;
                        threshold = (previous + value) / 2;
                    }
                }

                Span<int> weights = _weights.AsSpan(value * _stride, _stride);
                for (int label = 0; label < weights.Length; label++)
                {
                    long moved = weights[label];
                    leftWeight += moved;
                    leftSquares += moved * (2 * left[label] + moved);
                    cross += moved * Totals[label];
                    left[label] += moved;
                }

                weights.Clear();
                previous = value;
            }
        }

        return threshold;
    }

    /// <param name="leftWeight">Σl over the classes.</param>
    /// <param name="leftSquares">Σl².</param>
    /// <param name="cross">Σl·t, t being the node's own weights, from which Σr² = Σt² − 2Σl·t + Σl² follows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Score(long leftWeight, long leftSquares, long cross)
    {
        double rightWeight = TotalWeight - leftWeight;
        double rightSquares = TotalSquares - 2 * cross + leftSquares;
        return (leftSquares * rightWeight + rightSquares * leftWeight) / (leftWeight * rightWeight);
    }
}
