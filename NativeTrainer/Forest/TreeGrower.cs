using System.Runtime.CompilerServices;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Forest;

/// <summary>Grows tree after tree on the same rows; holds one thread's working memory, which all its trees share.</summary>
internal sealed class TreeGrower
{
    private readonly ByteDataset _data;
    private readonly int[] _rows;
    private readonly int _maxDepth;
    private readonly bool _bootstrap;
    private readonly SplitFinder _finder;
    private readonly int[] _draws;
    private readonly Sample[] _samples;
    private readonly Stack<Pending> _pending = new();
    private readonly List<TreeNode> _nodes = [];
    private readonly List<double> _leafProbabilities = [];

    public TreeGrower(ByteDataset data, int[] rows, RandomForestOptions options)
    {
        _data = data;
        _rows = rows;
        _maxDepth = options.MaxDepth ?? int.MaxValue;
        _bootstrap = options.Bootstrap;
        _finder = new SplitFinder(
            data, rows.Length, options.MaxFeatures ?? Math.Max(1, (int)Math.Sqrt(data.FeatureCount)));
        _draws = new int[rows.Length];
        _samples = new Sample[rows.Length];
    }

    public DecisionTree Grow(ulong seed)
    {
        var random = new SeededRandom(seed);
        _finder.Reset();
        _nodes.Clear();
        _leafProbabilities.Clear();
        _nodes.Add(default);
        _pending.Push(new Pending(0, 0, DrawSamples(random), 0));
        while (_pending.TryPop(out Pending node))
            GrowNode(node, random);

        return new DecisionTree([.. _nodes], [.. _leafProbabilities], _data.ClassCount);
    }

    private int DrawSamples(SeededRandom random)
    {
        if (_bootstrap)
        {
            Array.Clear(_draws);
            for (int draw = 0; draw < _rows.Length; draw++)
                _draws[random.Next(_rows.Length)]++;
        }
        else
        {
            Array.Fill(_draws, 1);
        }

        ReadOnlySpan<byte> labels = _data.Labels;
        int count = 0;
        for (int i = 0; i < _rows.Length; i++)
        {
            // Without a branch: whether a row was drawn cannot be predicted.
            _samples[count] = new Sample(_rows[i], labels[_rows[i]], _draws[i]);
            count += _draws[i] > 0 ? 1 : 0;
        }

        return count;
    }

    private void GrowNode(Pending node, SeededRandom random)
    {
        Span<Sample> samples = _samples.AsSpan(node.Start, node.Count);
        if (!_finder.CountClasses(samples))
        {
            _nodes[node.Index] = TreeNode.Pure(samples[0].Label);
        }
        else if (node.Depth >= _maxDepth || !_finder.TryFind(samples, random, out Split split))
        {
            _nodes[node.Index] = TreeNode.Mixed(AddLeafProbabilities());
        }
        else
        {
            int leftChild = _nodes.Count;
            _nodes[node.Index] = TreeNode.Branch(split, leftChild);
            _nodes.Add(default);
            _nodes.Add(default);
            int leftCount = Partition(samples, _data.Column(split.Feature), split.Threshold);
            int depth = node.Depth + 1;
            _pending.Push(new Pending(leftChild + 1, node.Start + leftCount, node.Count - leftCount, depth));
            _pending.Push(new Pending(leftChild, node.Start, leftCount, depth));
        }
    }

    private int AddLeafProbabilities()
    {
        int row = _leafProbabilities.Count / _data.ClassCount;
        double weight = 0;
        for (int label = 0; label < _data.ClassCount; label++)
            weight += _finder.ClassWeight(label);
        for (int label = 0; label < _data.ClassCount; label++)
            _leafProbabilities.Add(_finder.ClassWeight(label) / weight);

        return row;
    }

    /// <summary>Moves the rows that go left to the front, and returns their number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Partition(Span<Sample> samples, ReadOnlySpan<byte> column, byte threshold)
    {
        int left = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            // Without a branch, since which side a row takes cannot be predicted.
            Sample sample = samples[i];
            samples[i] = samples[left];
            samples[left] = sample;
            left += column[sample.Row] <= threshold ? 1 : 0;
        }

        return left;
    }

    private readonly record struct Pending(int Index, int Start, int Count, int Depth);
}
