using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Forest;

/// <summary>
/// Breiman's random forest (Machine Learning 45, 2001) with the semantics of scikit-learn's RandomForestClassifier: Gini
/// impurity, a bootstrap of the rows for each tree, √features for each split, trees grown until their leaves are pure or
/// as deep as allowed, and class probabilities averaged over the trees.
/// </summary>
internal static class RandomForest
{
    private const int MaxRows = Sample.MaxWeight;

    /// <summary>Trains a forest on the given rows of a data set.</summary>
    /// <exception cref="ArgumentException">There are no rows, or one is not in the data set.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled between two trees.</exception>
    public static RandomForestModel Fit(
        ByteDataset data, ReadOnlySpan<int> rows, RandomForestOptions options, CancellationToken cancellation = default)
    {
        data.CheckRows(rows);
        if (rows.Length > MaxRows)
            throw new ArgumentException($"A forest trains on {MaxRows} rows at most, not {rows.Length}.", nameof(rows));
        if (options.MaxFeatures > data.FeatureCount)
            throw new ArgumentOutOfRangeException(
                nameof(options), options.MaxFeatures, $"A split can consider {data.FeatureCount} features at most.");

        int[] trainingRows = rows.ToArray();
        var trees = new DecisionTree[options.NEstimators];
        if (options.Parallelism == 1)
        {
            var grower = new TreeGrower(data, trainingRows, options);
            for (int tree = 0; tree < trees.Length; tree++)
            {
                cancellation.ThrowIfCancellationRequested();
                trees[tree] = grower.Grow(SeededRandom.Derive(options.Seed, (ulong)tree));
            }
        }
        else
        {
            var parallel = new ParallelOptions
            {
                MaxDegreeOfParallelism = options.Parallelism,
                CancellationToken = cancellation,
            };
            Parallel.For(
                0,
                trees.Length,
                parallel,
                () => new TreeGrower(data, trainingRows, options),
                (tree, _, grower) =>
                {
                    trees[tree] = grower.Grow(SeededRandom.Derive(options.Seed, (ulong)tree));
                    return grower;
                },
                _ => { });
        }

        return new RandomForestModel(trees, data.FeatureCount, data.ClassCount);
    }
}
