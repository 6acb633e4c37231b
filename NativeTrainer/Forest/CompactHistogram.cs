using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Forest;

/// <summary>
/// Up to 64 values, 16 classes and 32767 rows: the classes of a value are one vector of 16-bit lanes, and the values
/// that occur one machine word. This is where a forest spends its time.
/// </summary>
internal sealed class CompactHistogram(int valueCount) : SplitHistogram
{
    private const int Lanes = 16;

    private readonly Vector256<short>[] _weights = new Vector256<short>[valueCount];
    private readonly short[] _totals = new short[Lanes];
    private int _totalWeight;
    private int _totalSquares;

    public static bool CanHold(ByteDataset data, int rowCount) =>
        data.ValueCount <= WordBits && data.ClassCount <= Lanes && rowCount <= short.MaxValue;

    public override bool CountClasses(ReadOnlySpan<Sample> samples)
    {
        Span<short> totals = _totals;
        totals.Clear();
        foreach (Sample sample in samples)
            totals[sample.Label] += (short)sample.Weight;

        Vector256<short> lanes = Vector256.Create<short>(totals);
        _totalWeight = Dot(lanes, Vector256<short>.One);
        _totalSquares = Dot(lanes, lanes);
        return _totalSquares != _totalWeight * _totalWeight;
    }

    public override int ClassWeight(int label) => _totals[label];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool TryFindThreshold(
        ReadOnlySpan<Sample> samples, ReadOnlySpan<byte> column, out byte threshold, out double score)
    {
        ulong present = Accumulate(samples, column);
        int best = Scan(present, out score);
        threshold = (byte)Math.Max(best, 0);
        return best >= 0;
    }

    /// <summary>Adds the rows up, and returns the set of values that occur.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ulong Accumulate(ReadOnlySpan<Sample> samples, ReadOnlySpan<byte> column)
    {
        Span<short> weights = MemoryMarshal.Cast<Vector256<short>, short>(_weights.AsSpan());
        ulong present = 0;
        foreach (Sample sample in samples)
        {
            int value = column[sample.Row];
            present |= 1UL << value;
            weights[value * Lanes + sample.Label] += (short)sample.Weight;
        }

        return present;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Scan(ulong present, out double bestScore)
    {
        Span<Vector256<short>> weights = _weights;
        Vector256<short> totals = Vector256.Create<short>(_totals);
        Vector256<short> left = default;
        int totalWeight = _totalWeight;
        int totalSquares = _totalSquares;
        int threshold = -1;
        bestScore = double.NegativeInfinity;
        int value = BitOperations.TrailingZeroCount(present);
        for (ulong rest = present & (present - 1); rest != 0; rest &= rest - 1)
        {
            left += weights[value];
            weights[value] = default;
            int next = BitOperations.TrailingZeroCount(rest);
            double score = Score(
                Dot(left, Vector256<short>.One), Dot(left, left), Dot(left, totals), totalWeight, totalSquares);
            if (score > bestScore)
            {
                bestScore = score;
                threshold = (value + next) / 2;
            }

            value = next;
        }

        weights[value] = default;
        return threshold;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Dot(Vector256<short> a, Vector256<short> b)
    {
        if (Avx2.IsSupported)
            return Vector256.Sum(Avx2.MultiplyAddAdjacent(a, b));

        (Vector256<int> aLow, Vector256<int> aHigh) = Vector256.Widen(a);
        (Vector256<int> bLow, Vector256<int> bHigh) = Vector256.Widen(b);
        return Vector256.Sum(aLow * bLow + aHigh * bHigh);
    }
}
