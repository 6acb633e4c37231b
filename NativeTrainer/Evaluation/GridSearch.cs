using Hpo.NativeTrainer.Classifiers;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Evaluation;

/// <summary>Scores every pair by cross-validation, and the best one once on the rows set aside.</summary>
internal static class GridSearch
{
    /// <param name="data">Where the rows are.</param>
    /// <param name="options">What to search, and how.</param>
    /// <param name="foldDone">Called after each fit, on the thread that trained it.</param>
    /// <param name="cancellation">Observed before each fit, and within it as the trainer allows.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too few rows for the folds or the test.</exception>
    public static GridSearchResult Run(
        ByteDataset data, GridSearchOptions options, Action? foldDone = null, CancellationToken cancellation = default)
    {
        TrainTestSplit split = TrainTestSplit.Shuffled(data.RowCount, options.TestSize, options.Seed);
        IReadOnlyList<Fold> folds = KFold.Split(split.Train, options.Folds);
        var validation = new CrossValidation(data, folds, options.Model, options.Seed);
        IReadOnlyList<CrossValidationScore> scores =
            validation.RunAll(options.Grid, options.Parallelism, _ => foldDone?.Invoke(), cancellation);

        ScoredPair[] pairs = [.. options.Grid.Zip(scores, (pair, score) => new ScoredPair(pair, score))];
        // The first of equals, in the order of the grid: fewer trees, then less depth.
        ScoredPair best = pairs.MaxBy(pair => pair.Score.Mean)!;
        return new GridSearchResult(pairs, best, TestAccuracy(data, split, best.Parameters, options, cancellation));
    }

    /// <summary>Trains on the whole training part, and scores once on the test part.</summary>
    public static double TestAccuracy(
        ByteDataset data,
        TrainTestSplit split,
        ForestParameters parameters,
        GridSearchOptions options,
        CancellationToken cancellation)
    {
        int[] train = [.. split.Train];
        int[] test = [.. split.Test];
        return options.Model.Trainer()
            .Fit(data, train, parameters, options.Seed, options.Parallelism, cancellation)
            .Accuracy(data, test);
    }
}
