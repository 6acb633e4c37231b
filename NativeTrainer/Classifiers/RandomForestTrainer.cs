using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Forest;

namespace Hpo.NativeTrainer.Classifiers;

/// <summary>Trains the program's own random forest.</summary>
internal sealed class RandomForestTrainer : IClassifierTrainer
{
    public IClassifier Fit(
        ByteDataset data,
        ReadOnlySpan<int> rows,
        ForestParameters parameters,
        ulong seed,
        int parallelism,
        CancellationToken cancellation)
    {
        var options = new RandomForestOptions
        {
            NEstimators = parameters.NEstimators,
            MaxDepth = parameters.MaxDepth,
            Seed = seed,
            Parallelism = parallelism,
        };
        return RandomForest.Fit(data, rows, options, cancellation);
    }
}
