using Hpo.NativeTrainer.Classifiers;
using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Evaluation;

/// <summary>Scores hyperparameters by training on all folds but one, and testing on that one, for each in turn.</summary>
internal sealed class CrossValidation
{
    private readonly ByteDataset _data;
    private readonly IReadOnlyList<Fold> _folds;
    private readonly IClassifierTrainer _trainer;
    private readonly ulong _seed;

    /// <param name="data">Where the rows are.</param>
    /// <param name="folds">The rows to train on and to score, at least one pair.</param>
    /// <param name="model">The classifier to train.</param>
    /// <param name="seed">With the same seed the same hyperparameters get the same score, whatever else is scored.</param>
    public CrossValidation(ByteDataset data, IReadOnlyList<Fold> folds, ModelKind model, ulong seed)
    {
        _data = data;
        _folds = folds;
        _trainer = model.Trainer();
        _seed = seed;
    }

    public int FoldCount => _folds.Count;

    /// <summary>Trains and scores one fold after the other, each when it is asked for.</summary>
    /// <param name="parameters">The hyperparameters.</param>
    /// <param name="parallelism">Threads for one fit, at least 1.</param>
    /// <param name="cancellation">Observed before each fold, and within it as the trainer allows.</param>
    public IEnumerable<double> InOrder(
        ForestParameters parameters, int parallelism = 1, CancellationToken cancellation = default) =>
        Enumerable.Range(0, FoldCount).Select(fold =>
        {
            cancellation.ThrowIfCancellationRequested();
            return ScoreFold(parameters, fold, parallelism, cancellation);
        });

    /// <summary>
    /// Scores many hyperparameters. Every fold of each is a fit of its own; the long ones are started first, so that no
    /// thread is left with a long one at the end.
    /// </summary>
    /// <param name="parameters">The hyperparameters.</param>
    /// <param name="parallelism">Folds to train at once, at least 1.</param>
    /// <param name="foldDone">Called after each fold, on the thread that trained it.</param>
    /// <param name="cancellation">Observed before each fold, and within it as the trainer allows.</param>
    public IReadOnlyList<CrossValidationScore> RunAll(
        IReadOnlyList<ForestParameters> parameters,
        int parallelism,
        Action<double>? foldDone = null,
        CancellationToken cancellation = default)
    {
        (int Pair, int Fold)[] fits =
        [
            .. from pair in Enumerable.Range(0, parameters.Count)
               orderby parameters[pair].NEstimators descending, parameters[pair].MaxDepth descending
               from fold in Enumerable.Range(0, FoldCount)
               select (pair, fold),
        ];
        double[][] scores = [.. parameters.Select(_ => new double[FoldCount])];
        int next = -1;
        Parallel.For(0, fits.Length, Options(parallelism, cancellation), _ =>
        {
            (int pair, int fold) = fits[Interlocked.Increment(ref next)];
            scores[pair][fold] = ScoreFold(parameters[pair], fold, 1, cancellation);
            foldDone?.Invoke(scores[pair][fold]);
        });
        return [.. scores.Select(ofPair => new CrossValidationScore(ofPair))];
    }

    private static ParallelOptions Options(int parallelism, CancellationToken cancellation) =>
        new() { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellation };

    private double ScoreFold(ForestParameters parameters, int fold, int parallelism, CancellationToken cancellation)
    {
        ulong ofPair = SeededRandom.Derive(
            SeededRandom.Derive(_seed, (ulong)parameters.NEstimators), (ulong)parameters.MaxDepth);
        ulong seed = SeededRandom.Derive(ofPair, (ulong)fold);
        IClassifier classifier = _trainer.Fit(_data, _folds[fold].Train, parameters, seed, parallelism, cancellation);
        return classifier.Accuracy(_data, _folds[fold].Validation);
    }
}
