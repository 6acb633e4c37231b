using Microsoft.ML;
using Microsoft.ML.Trainers.LightGbm;

namespace Hpo.NativeTrainer.Classifiers;

/// <summary>LightGBM's multi-class boosting: n_estimators is the number of rounds, with one tree for each class.</summary>
internal sealed class LightGbmTrainer : MlNetTrainer
{
    protected override IEstimator<ITransformer> Estimator(
        MLContext context, ForestParameters parameters, int seed, int parallelism) =>
        context.MulticlassClassification.Trainers.LightGbm(new LightGbmMulticlassTrainer.Options
        {
            NumberOfIterations = parameters.NEstimators,
            NumberOfLeaves = LeavesOfDepth(parameters.MaxDepth),
            NumberOfThreads = parallelism,
            Seed = seed,
            Deterministic = true,
            Booster = new GradientBooster.Options { MaximumTreeDepth = parameters.MaxDepth },
        });
}
