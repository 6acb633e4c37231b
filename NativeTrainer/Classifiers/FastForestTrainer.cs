using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Hpo.NativeTrainer.Classifiers;

/// <summary>
/// ML.NET's FastForest, which knows two classes: one forest for each class against all others. It bounds the leaves and
/// not the depth, so a depth d becomes 2^d leaves.
/// </summary>
internal sealed class FastForestTrainer : MlNetTrainer
{
    protected override IEstimator<ITransformer> Estimator(
        MLContext context, ForestParameters parameters, int seed, int parallelism)
    {
        var options = new FastForestBinaryTrainer.Options
        {
            NumberOfTrees = parameters.NEstimators,
            NumberOfLeaves = LeavesOfDepth(parameters.MaxDepth),
            MinimumExampleCountPerLeaf = 1,
            NumberOfThreads = parallelism,
            Seed = seed,
            FeatureSelectionSeed = seed,
        };
        return context.MulticlassClassification.Trainers.OneVersusAll(
            context.BinaryClassification.Trainers.FastForest(options));
    }
}
