using System.Numerics;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Forest.Numbers;

/// <summary>
/// Grows tree after tree on the same rows; holds one thread's working memory. A node's best limit is found by adding its rows up
/// in their bins; numbers and classes differ only in what is added: a number, or 1 to a class. What is maximised is the same for
/// both: Σl²/n + Σr²/n of the sums on either side, the smaller squared error, or Gini impurity.
/// </summary>
internal sealed class NumberTreeGrower
{
    private const int WordBits = 64;

    private readonly BinnedNumbers _data;
    private readonly float[] _targets;
    private readonly bool _isClasses;
    private readonly int _outputs;
    private readonly NumberForestOptions _options;
    private readonly int _maxFeatures;
    private readonly int[] _rows;
    private readonly float[] _nodeTargets;
    private readonly int[] _features;
    private readonly double[] _sums;
    private readonly int[] _counts = new int[BinnedNumbers.MostBins];
    private readonly ulong[] _present = new ulong[BinnedNumbers.MostBins / WordBits];
    private readonly double[] _totals;
    private readonly double[] _left;
    private readonly Stack<(int Node, int Start, int Count, int Depth, int Constants)> _pending = new();
    private readonly List<NumberNode> _nodes = [];
    private readonly List<float> _values = [];

    public NumberTreeGrower(BinnedNumbers data, float[] targets, int classCount, NumberForestOptions options)
    {
        _data = data;
        _targets = targets;
        _isClasses = classCount > 0;
        _outputs = Math.Max(1, classCount);
        _options = options;
        _maxFeatures = Math.Max(1, (int)Math.Round(options.MaxFeatures * data.Limits.Length));
        _rows = new int[data.RowCount];
        _nodeTargets = new float[data.RowCount];
        _features = new int[data.Limits.Length];
        _sums = new double[BinnedNumbers.MostBins * _outputs];
        _totals = new double[_outputs];
        _left = new double[_outputs];
    }

    public NumberTree Grow(ulong seed)
    {
        var random = new SeededRandom(seed);
        for (int feature = 0; feature < _features.Length; feature++) _features[feature] = feature;
        for (int row = 0; row < _rows.Length; row++) _rows[row] = _options.IsExtra ? row : random.Next(_rows.Length);
        _nodes.Clear();
        _values.Clear();
        _nodes.Add(default);
        _pending.Push((0, 0, _rows.Length, 0, 0));
        while (_pending.TryPop(out (int Node, int Start, int Count, int Depth, int Constants) node))
        {
            Span<int> rows = _rows.AsSpan(node.Start, node.Count);
            int constants = node.Constants;
            if (!AddUp(rows) || node.Depth >= _options.MaxDepth || rows.Length < 2 * _options.MinSamplesLeaf || !TryFind(rows, random, ref constants, out int feature, out int bin))
            {
                _nodes[node.Node] = new NumberNode(-1, 0, _values.Count);
                foreach (double total in _totals) _values.Add((float)(total / rows.Length));
                continue;
            }

            int left = Partition(rows, _data.Column(feature), bin);
            _nodes[node.Node] = new NumberNode(feature, _data.Limits[feature][bin], _nodes.Count);
            _pending.Push((_nodes.Count, node.Start, left, node.Depth + 1, constants));
            _pending.Push((_nodes.Count + 1, node.Start + left, node.Count - left, node.Depth + 1, constants));
            _nodes.AddRange([default, default]);
        }

        return new NumberTree([.. _nodes], [.. _values]);
    }

    // The sums of a node's targets. False if they are all the same.
    private bool AddUp(ReadOnlySpan<int> rows)
    {
        Array.Clear(_totals);
        bool differ = false;
        float first = _targets[rows[0]];
        for (int place = 0; place < rows.Length; place++)
        {
            float target = _targets[rows[place]];
            _nodeTargets[place] = target;
            differ |= target != first;
            if (_isClasses) _totals[(int)target]++;
            else _totals[0] += target;
        }

        return differ;
    }

    // As in scikit-learn, features are drawn until there are so many, and on until one of them is not the same in all rows. One that is
    // the same stays so in the nodes below: these come first in the list, and are drawn without a look. What varies goes to its end.
    private bool TryFind(ReadOnlySpan<int> rows, SeededRandom random, ref int constants, out int feature, out int bin)
    {
        feature = bin = -1;
        double best = double.NegativeInfinity;
        int known = constants, varied = 0;
        for (int drawn = 0; constants + varied < _features.Length && (drawn < _maxFeatures || varied == 0); drawn++)
        {
            int place = constants - known + random.Next(known + _features.Length - constants - varied);
            if (place < constants)
            {
                known--;
                continue;
            }

            int candidate = _features[place];
            if (_data.Limits[candidate].Length == 1) FillTwoBins(rows, _data.Column(candidate));
            else FillBins(rows, _data.Column(candidate));
            int limits = -1;
            foreach (ulong word in _present) limits += BitOperations.PopCount(word);
            (int limit, double score) = Scan(rows.Length, _options.IsExtra && limits > 0 ? random.Next(limits) : -1);
            int end = limits > 0 ? _features.Length - ++varied : constants++;
            (_features[end], _features[place]) = (candidate, _features[end]);
            if (limit >= 0 && score > best) (feature, bin, best) = (candidate, limit, score);
        }

        return feature >= 0;
    }

    private void FillBins(ReadOnlySpan<int> rows, ReadOnlySpan<byte> column)
    {
        Array.Clear(_present);
        ReadOnlySpan<float> targets = _nodeTargets.AsSpan(0, rows.Length);
        for (int place = 0; place < rows.Length; place++)
        {
            int bin = column[rows[place]];
            _present[bin / WordBits] |= 1UL << bin;
            _counts[bin]++;
            if (_isClasses) _sums[bin * _outputs + (int)targets[place]]++;
            else _sums[bin] += targets[place];
        }
    }

    // The same of a column of two bins, which most are where categories are one-hot: without a branch, and the other bin is the rest.
    private void FillTwoBins(ReadOnlySpan<int> rows, ReadOnlySpan<byte> column)
    {
        ReadOnlySpan<float> targets = _nodeTargets.AsSpan(0, rows.Length);
        Span<double> sums = _sums.AsSpan(_outputs, _outputs);
        int count = 0;
        if (_isClasses)
        {
            for (int place = 0; place < rows.Length; place++)
            {
                int bin = column[rows[place]];
                count += bin;
                sums[(int)targets[place]] += bin;
            }
        }
        else
        {
            double sum = 0;
            for (int place = 0; place < rows.Length; place++)
            {
                int bin = column[rows[place]];
                count += bin;
                sum += bin * targets[place];
            }

            sums[0] = sum;
        }

        Array.Clear(_present);
        _present[0] = (count < rows.Length ? 1UL : 0) | (count > 0 ? 2UL : 0);
        if (count == 0 || count == rows.Length)
        {
            // Nothing to split; the bins stay empty.
            sums.Clear();
            return;
        }

        (_counts[0], _counts[1]) = (rows.Length - count, count);
        for (int output = 0; output < _outputs; output++) _sums[output] = _totals[output] - sums[output];
    }

    // The best limit between two bins that occur, or only that of the given number; empties the bins again.
    private (int Limit, double Score) Scan(int count, int only)
    {
        Array.Clear(_left);
        int leftCount = 0, previous = -1, number = -1, limit = -1;
        double best = double.NegativeInfinity;
        for (int word = 0; word < _present.Length; word++)
        {
            for (ulong rest = _present[word]; rest != 0; rest &= rest - 1)
            {
                int bin = word * WordBits + BitOperations.TrailingZeroCount(rest);
                if (previous >= 0 && (only < 0 || ++number == only)
                    && leftCount >= _options.MinSamplesLeaf && count - leftCount >= _options.MinSamplesLeaf
                    && Score(leftCount, count - leftCount) is var score && score > best)
                {
                    (limit, best) = (previous, score);
                }

                for (int output = 0; output < _outputs; output++)
                {
                    _left[output] += _sums[bin * _outputs + output];
                    _sums[bin * _outputs + output] = 0;
                }

                leftCount += _counts[bin];
                _counts[bin] = 0;
                previous = bin;
            }
        }

        return (limit, best);
    }

    private double Score(int leftCount, int rightCount)
    {
        double left = 0, right = 0;
        for (int output = 0; output < _outputs; output++)
        {
            double other = _totals[output] - _left[output];
            left += _left[output] * _left[output];
            right += other * other;
        }

        return left / leftCount + right / rightCount;
    }

    private static int Partition(Span<int> rows, ReadOnlySpan<byte> column, int bin)
    {
        int left = 0;
        for (int place = 0; place < rows.Length; place++)
        {
            if (column[rows[place]] > bin) continue;
            (rows[left], rows[place]) = (rows[place], rows[left]);
            left++;
        }

        return left;
    }
}
