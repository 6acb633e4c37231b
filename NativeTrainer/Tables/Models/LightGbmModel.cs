using Hpo.NativeTrainer.Tables.Space;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;
using Calibrated = Microsoft.ML.Calibrators.CalibratedModelParametersBase<Microsoft.ML.Trainers.LightGbm.LightGbmBinaryModelParameters, Microsoft.ML.Calibrators.PlattCalibrator>;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>LightGBM's gradient boosting.</summary>
internal sealed class LightGbmModel : ITableModel
{
    private const int LargeTable = 20_000;

    public string Name => "lightgbm";

    public bool Supports(TableTarget target) => true;

    public ITableTrainer Configure(IHyperparameters space, TableFacts facts)
    {
        // Of more classes each step is a tree for each class. The defaults are for small tables, where many small trees that see parts of
        // the data do better than LightGBM's own 100 of 31 leaves.
        bool hasMoreClasses = facts.Target.Outputs > 2;
        int iterations = space.Int("lightgbm_iterations", 20, hasMoreClasses ? 300 : 1000, hasMoreClasses ? 100 : 300, log: true);
        double rate = space.Float("lightgbm_learning_rate", 0.005, 0.3, hasMoreClasses ? 0.1 : 0.05, log: true);
        int leaves = space.Int("lightgbm_leaves", 4, 256, facts.RowCount < LargeTable ? 8 : 31, log: true);
        int rows = space.Int("lightgbm_min_data_in_leaf", 1, 100, 20, log: true);
        double features = space.Float("lightgbm_feature_fraction", 0.3, 1, 0.5);
        double bagging = space.Float("lightgbm_bagging_fraction", 0.4, 1, 0.8);
        double l1 = space.Float("lightgbm_l1", 1e-8, 10, 1e-8, log: true);
        double l2 = space.Float("lightgbm_l2", 1e-8, 10, 1e-8, log: true);
        return new MlNetTrainer(FeatureSpace.OfTrees(space, Name, facts, keepsMissing: true), Estimator, standardizes: false);

        IEstimator<ITransformer> Estimator(MLContext context, TrainingData data) => data.Target.Task switch
        {
            TableTask.Regression => context.Regression.Trainers.LightGbm(
                With<LightGbmRegressionTrainer.Options, float, RegressionPredictionTransformer<LightGbmRegressionModelParameters>, LightGbmRegressionModelParameters>(new(), data)),
            TableTask.Binary => context.BinaryClassification.Trainers.LightGbm(
                With<LightGbmBinaryTrainer.Options, float, BinaryPredictionTransformer<Calibrated>, Calibrated>(new(), data)),
            _ => context.MulticlassClassification.Trainers.LightGbm(
                With<LightGbmMulticlassTrainer.Options, VBuffer<float>, MulticlassPredictionTransformer<OneVersusAllModelParameters>, OneVersusAllModelParameters>(new(), data)),
        };

        TOptions With<TOptions, TOutput, TTransformer, TModel>(TOptions options, TrainingData data)
            where TOptions : LightGbmTrainerBase<TOptions, TOutput, TTransformer, TModel>.OptionsBase, new()
            where TTransformer : ISingleFeaturePredictionTransformer<TModel>
            where TModel : class
        {
            options.NumberOfIterations = iterations;
            options.LearningRate = rate;
            options.NumberOfLeaves = leaves;
            options.MinimumExampleCountPerLeaf = rows;
            options.Booster = new GradientBooster.Options
            {
                FeatureFraction = features,
                SubsampleFraction = bagging,
                SubsampleFrequency = bagging < 1 ? 1 : 0,
                L1Regularization = l1,
                L2Regularization = l2,
            };
            // Its threads wait for each other after each step, spinning: with few rows that takes longer than the work, and on a busy machine
            // very much longer.
            options.NumberOfThreads = data.Features.RowCount < LargeTable ? 1 : data.Threads;
            options.Seed = (int)(data.Seed >> 33);
            options.Deterministic = true;
            return options;
        }
    }
}
