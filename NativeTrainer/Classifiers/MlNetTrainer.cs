using Hpo.NativeTrainer.Data;
using Microsoft.ML;

namespace Hpo.NativeTrainer.Classifiers;

/// <summary>What the trainers of ML.NET have in common. They check for a cancellation only before they begin.</summary>
internal abstract class MlNetTrainer : IClassifierTrainer
{
    public IClassifier Fit(
        ByteDataset data,
        ReadOnlySpan<int> rows,
        ForestParameters parameters,
        ulong seed,
        int parallelism,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.NEstimators, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.MaxDepth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallelism, 1);
        cancellation.ThrowIfCancellationRequested();

        int shortSeed = (int)(seed >> 33);
        var context = new MLContext(shortSeed);
        IEstimator<ITransformer> estimator = Estimator(context, parameters, shortSeed, parallelism);
        return new MlNetClassifier(context, estimator.Fit(MlNetRow.View(context, data, rows)));
    }

    protected abstract IEstimator<ITransformer> Estimator(
        MLContext context, ForestParameters parameters, int seed, int parallelism);

    /// <summary>
    /// The leaves of a full tree of this depth, for trainers that bound leaves and not depth. No digit tree comes near
    /// the upper bound, which keeps their working memory small.
    /// </summary>
    protected static int LeavesOfDepth(int maxDepth)
    {
        const int MostLeaves = 256;
        return maxDepth >= int.Log2(MostLeaves) ? MostLeaves : 1 << maxDepth;
    }
}
