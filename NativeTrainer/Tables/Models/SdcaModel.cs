using Hpo.NativeTrainer.Tables.Space;
using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>A linear model, by stochastic dual coordinate ascent.</summary>
internal sealed class SdcaModel : ITableModel
{
    public string Name => "sdca";

    public bool Supports(TableTarget target) => true;

    public ITableTrainer Configure(IHyperparameters space, TableFacts facts)
    {
        float l1 = (float)space.Float("sdca_l1", 1e-6, 1, 1e-4, log: true);
        float l2 = (float)space.Float("sdca_l2", 1e-6, 1, 1e-4, log: true);
        int iterations = space.Int("sdca_iterations", 10, 200, 50, log: true);
        return new MlNetTrainer(FeatureSpace.OfScaled(space, Name, facts), Estimator);

        // On one thread: on more, its result depends on which is faster.
        IEstimator<ITransformer> Estimator(MLContext context, TrainingData data) => data.Target.Task switch
        {
            TableTask.Regression => context.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options
            {
                L1Regularization = l1,
                L2Regularization = l2,
                MaximumNumberOfIterations = iterations,
                NumberOfThreads = 1,
                // The target's mean is 0. ML.NET's steps for a bias diverge where rows are few and the regularization is weak.
                BiasLearningRate = 0,
            }),
            TableTask.Binary => context.BinaryClassification.Trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options
            {
                L1Regularization = l1,
                L2Regularization = l2,
                MaximumNumberOfIterations = iterations,
                NumberOfThreads = 1,
            }),
            _ => context.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options
            {
                L1Regularization = l1,
                L2Regularization = l2,
                MaximumNumberOfIterations = iterations,
                NumberOfThreads = 1,
            }),
        };
    }
}
