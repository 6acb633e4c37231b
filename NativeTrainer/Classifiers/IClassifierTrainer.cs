using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Classifiers;

/// <summary>One way to train a classifier.</summary>
internal interface IClassifierTrainer
{
    /// <param name="data">Where the rows are.</param>
    /// <param name="rows">The rows to train on.</param>
    /// <param name="parameters">The hyperparameters.</param>
    /// <param name="seed">The same seed gives the same classifier.</param>
    /// <param name="parallelism">Threads to use at most, at least 1.</param>
    /// <param name="cancellation">Observed as often as the trainer allows.</param>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter lies outside its range.</exception>
    IClassifier Fit(
        ByteDataset data,
        ReadOnlySpan<int> rows,
        ForestParameters parameters,
        ulong seed,
        int parallelism,
        CancellationToken cancellation);
}
