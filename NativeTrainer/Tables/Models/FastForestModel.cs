using Hpo.NativeTrainer.Tables.Space;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>ML.NET's FastForest; of three classes or more one forest for each against all others.</summary>
internal sealed class FastForestModel : ITableModel
{
    public string Name => "fastforest";

    public bool Supports(TableTarget target) => target.Classes.Count <= TableModels.MostOneVersusAll;

    public ITableTrainer Configure(IHyperparameters space, TableFacts facts)
    {
        // It takes ten times as long as this program's forest for as many leaves. Of more classes each step is a tree for each class.
        int trees = space.Int("fastforest_trees", 20, facts.Target.Outputs > 2 ? 100 : 200, 100, log: true);
        int leaves = space.Int("fastforest_leaves", 8, 128, 64, log: true);
        int rows = space.Int("fastforest_min_data_in_leaf", 1, 50, 5, log: true);
        double features = space.Float("fastforest_feature_fraction", 0.1, 1, 0.5);
        return new MlNetTrainer(FeatureSpace.OfTrees(space, Name, facts), Estimator);

        IEstimator<ITransformer> Estimator(MLContext context, TrainingData data) => data.Target.Task switch
        {
            TableTask.Regression => context.Regression.Trainers.FastForest(With(new FastForestRegressionTrainer.Options(), data)),
            TableTask.Binary => new CalibratedEstimator(
                context, context.BinaryClassification.Trainers.FastForest(With(new FastForestBinaryTrainer.Options(), data))),
            _ => context.MulticlassClassification.Trainers.OneVersusAll(
                context.BinaryClassification.Trainers.FastForest(With(new FastForestBinaryTrainer.Options(), data))),
        };

        TOptions With<TOptions>(TOptions options, TrainingData data) where TOptions : TreeOptions
        {
            options.NumberOfTrees = trees;
            options.NumberOfLeaves = leaves;
            options.MinimumExampleCountPerLeaf = rows;
            options.FeatureFractionPerSplit = features;
            options.NumberOfThreads = data.Threads;
            options.Seed = options.FeatureSelectionSeed = (int)(data.Seed >> 33);
            return options;
        }
    }
}
