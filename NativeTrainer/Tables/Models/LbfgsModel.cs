using Hpo.NativeTrainer.Tables.Space;
using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>A linear model, by L-BFGS: logistic regression of classes, and Poisson's of numbers that are not negative.</summary>
internal sealed class LbfgsModel : ITableModel
{
    public string Name => "lbfgs";

    public bool Supports(TableTarget target) =>
        target.Task is not TableTask.Regression || target.Values.All(value => float.IsNaN(value) || value >= 0);

    public ITableTrainer Configure(IHyperparameters space, TableFacts facts)
    {
        float l1 = (float)space.Float("lbfgs_l1", 1e-6, 10, 1e-2, log: true);
        float l2 = (float)space.Float("lbfgs_l2", 1e-6, 10, 1e-2, log: true);
        return new MlNetTrainer(FeatureSpace.OfScaled(space, Name, facts), Estimator, standardizes: false);

        // On one thread: the order of its sums is the same each time.
        IEstimator<ITransformer> Estimator(MLContext context, TrainingData data) => data.Target.Task switch
        {
            TableTask.Regression => context.Regression.Trainers.LbfgsPoissonRegression(
                new LbfgsPoissonRegressionTrainer.Options { L1Regularization = l1, L2Regularization = l2, NumberOfThreads = 1 }),
            TableTask.Binary => context.BinaryClassification.Trainers.LbfgsLogisticRegression(
                new LbfgsLogisticRegressionBinaryTrainer.Options { L1Regularization = l1, L2Regularization = l2, NumberOfThreads = 1 }),
            _ => context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
                new LbfgsMaximumEntropyMulticlassTrainer.Options { L1Regularization = l1, L2Regularization = l2, NumberOfThreads = 1 }),
        };
    }
}
