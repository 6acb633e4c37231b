using System.Runtime.CompilerServices;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Forest;

/// <summary>
/// Draws features for a node without replacement and keeps the best split. As in scikit-learn, constant features count
/// as drawn, and the drawing goes on past the limit until one feature was not constant.
/// </summary>
internal sealed class SplitFinder
{
    private readonly ByteDataset _data;
    private readonly int _maxFeatures;
    private readonly int[] _features;
    private readonly SplitHistogram _histogram;

    public SplitFinder(ByteDataset data, int rowCount, int maxFeatures)
    {
        _data = data;
        _maxFeatures = maxFeatures;
        _features = new int[data.FeatureCount];
        _histogram = SplitHistogram.For(data, rowCount);
    }

    /// <summary>Forgets earlier draws, so that a tree depends on its own seed only.</summary>
    public void Reset()
    {
        for (int feature = 0; feature < _features.Length; feature++)
            _features[feature] = feature;
    }

    /// <inheritdoc cref="SplitHistogram.CountClasses"/>
    public bool CountClasses(ReadOnlySpan<Sample> samples) => _histogram.CountClasses(samples);

    /// <inheritdoc cref="SplitHistogram.ClassWeight"/>
    public int ClassWeight(int label) => _histogram.ClassWeight(label);

    /// <summary>The best split of the node counted last. False if all its features are constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryFind(ReadOnlySpan<Sample> samples, SeededRandom random, out Split best)
    {
        best = default;
        bool found = false;
        int[] features = _features;
        for (int drawn = 0; drawn < features.Length && (drawn < _maxFeatures || !found); drawn++)
        {
            int other = drawn + random.Next(features.Length - drawn);
            int feature = features[other];
            features[other] = features[drawn];
            features[drawn] = feature;

            if (!_histogram.TryFindThreshold(samples, _data.Column(feature), out byte threshold, out double score))
                continue;
            if (!found || score > best.Score)
                best = new Split(feature, threshold, score);
            found = true;
        }

        return found;
    }
}
