using System.Numerics.Tensors;
using Hpo.NativeTrainer.Classifiers;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Forest;

/// <summary>A trained forest, immutable and safe to use from several threads.</summary>
internal sealed class RandomForestModel : IClassifier
{
    private readonly DecisionTree[] _trees;
    private readonly int _featureCount;

    public RandomForestModel(DecisionTree[] trees, int featureCount, int classCount)
    {
        _trees = trees;
        _featureCount = featureCount;
        ClassCount = classCount;
    }

    public int ClassCount { get; }

    public IReadOnlyList<DecisionTree> Trees => _trees;

    /// <summary>Class probabilities, row after row: an array of rows × classes values.</summary>
    /// <exception cref="ArgumentException">The rows do not fit the forest or the data set.</exception>
    public double[] PredictProbabilities(ByteDataset data, ReadOnlySpan<int> rows)
    {
        if (data.FeatureCount != _featureCount)
            throw new ArgumentException(
                $"The forest was trained on {_featureCount} features, but the rows have {data.FeatureCount}.", nameof(data));
        data.CheckRows(rows);

        var sums = new double[rows.Length * ClassCount];
        // Tree by tree, so that its nodes stay in the cache for all the rows.
        foreach (DecisionTree tree in _trees)
            for (int i = 0; i < rows.Length; i++)
                tree.AddProbabilities(data.Row(rows[i]), sums.AsSpan(i * ClassCount, ClassCount));

        TensorPrimitives.Divide(sums, _trees.Length, sums);
        return sums;
    }

    /// <summary>The most probable class of each row; of equals the lowest.</summary>
    /// <inheritdoc cref="PredictProbabilities" path="/exception"/>
    public byte[] Predict(ByteDataset data, ReadOnlySpan<int> rows)
    {
        double[] probabilities = PredictProbabilities(data, rows);
        var labels = new byte[rows.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            ReadOnlySpan<double> ofRow = probabilities.AsSpan(i * ClassCount, ClassCount);
            labels[i] = (byte)TensorPrimitives.IndexOfMax(ofRow);
        }

        return labels;
    }
}
