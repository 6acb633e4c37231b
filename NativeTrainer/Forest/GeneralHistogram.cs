using System.Numerics;

namespace Hpo.NativeTrainer.Forest;

/// <summary>Any number of values, classes and rows.</summary>
internal sealed class GeneralHistogram(int valueCount, int classCount) : SplitHistogram
{
    private readonly int[] _weights = new int[valueCount * classCount];
    private readonly ulong[] _present = new ulong[(valueCount + WordBits - 1) / WordBits];
    private readonly int[] _totals = new int[classCount];
    private readonly long[] _left = new long[classCount];
    private long _totalWeight;
    private long _totalSquares;

    public override bool CountClasses(ReadOnlySpan<Sample> samples)
    {
        Array.Clear(_totals);
        foreach (Sample sample in samples)
            _totals[sample.Label] += sample.Weight;

        _totalWeight = 0;
        _totalSquares = 0;
        foreach (long total in _totals)
        {
            _totalWeight += total;
            _totalSquares += total * total;
        }

        return _totalSquares != _totalWeight * _totalWeight;
    }

    public override int ClassWeight(int label) => _totals[label];

    public override bool TryFindThreshold(
        ReadOnlySpan<Sample> samples, ReadOnlySpan<byte> column, out byte threshold, out double score)
    {
        Accumulate(samples, column);
        int best = Scan(out score);
        threshold = (byte)Math.Max(best, 0);
        return best >= 0;
    }

    private void Accumulate(ReadOnlySpan<Sample> samples, ReadOnlySpan<byte> column)
    {
        Array.Clear(_present);
        foreach (Sample sample in samples)
        {
            int value = column[sample.Row];
            _present[value / WordBits] |= 1UL << value;
            _weights[value * classCount + sample.Label] += sample.Weight;
        }
    }

    private int Scan(out double bestScore)
    {
        Array.Clear(_left);
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
                    double score = Score(leftWeight, leftSquares, cross, _totalWeight, _totalSquares);
                    if (score > bestScore)
                    {
                        bestScore = score;
                        threshold = (previous + value) / 2;
                    }
                }

                Span<int> weights = _weights.AsSpan(value * classCount, classCount);
                for (int label = 0; label < weights.Length; label++)
                {
                    long moved = weights[label];
                    leftWeight += moved;
                    leftSquares += moved * (2 * _left[label] + moved);
                    cross += moved * _totals[label];
                    _left[label] += moved;
                }

                weights.Clear();
                previous = value;
            }
        }

        return threshold;
    }
}
