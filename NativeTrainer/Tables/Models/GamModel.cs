using Hpo.NativeTrainer.Tables.Space;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>A generalized additive model: a sum of one curve for each feature.</summary>
internal sealed class GamModel : ITableModel
{
    private const int MostFullSteps = 50;

    public string Name => "gam";

    public bool Supports(TableTarget target) => target.Task is not TableTask.Multiclass;

    public ITableTrainer Configure(IHyperparameters space, TableFacts facts)
    {
        int iterations = space.Int("gam_iterations", 50, 1000, 300, log: true);
        double rate = space.Float("gam_learning_rate", 0.002, 0.2, 0.03, log: true);
        int bins = space.Int("gam_bins", 8, 255, 64, log: true);
        return new MlNetTrainer(FeatureSpace.OfTrees(space, Name, facts), Estimator);

        // Each iteration takes a step in all features at once: many steps of features that go together are too long, and diverge.
        double Rate(TrainingData data) => rate * Math.Min(1, (double)MostFullSteps / data.Features.ColumnCount);

        IEstimator<ITransformer> Estimator(MLContext context, TrainingData data) => data.Target.Task is TableTask.Regression
            ? context.Regression.Trainers.Gam(new GamRegressionTrainer.Options
            {
                NumberOfIterations = iterations,
                LearningRate = Rate(data),
                MaximumBinCountPerFeature = bins,
                NumberOfThreads = data.Threads,
            })
            : context.BinaryClassification.Trainers.Gam(new GamBinaryTrainer.Options
            {
                NumberOfIterations = iterations,
                LearningRate = Rate(data),
                MaximumBinCountPerFeature = bins,
                NumberOfThreads = data.Threads,
            });
    }
}
