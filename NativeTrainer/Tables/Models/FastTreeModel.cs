using Hpo.NativeTrainer.Tables.Space;
using Microsoft.ML;
using Microsoft.ML.Trainers.FastTree;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>FastTree, ML.NET's own gradient boosting; of three classes or more one model for each against all others.</summary>
internal sealed class FastTreeModel : ITableModel
{
    public string Name => "fasttree";

    public bool Supports(TableTarget target) => target.Classes.Count <= TableModels.MostOneVersusAll;

    public ITableTrainer Configure(IHyperparameters space, TableFacts facts)
    {
        // It takes twice as long as LightGBM for as many leaves. Of more classes each step is a tree for each class.
        int trees = space.Int("fasttree_trees", 20, facts.Target.Outputs > 2 ? 100 : 300, 100, log: true);
        int leaves = space.Int("fasttree_leaves", 4, 64, 8, log: true);
        double rate = space.Float("fasttree_learning_rate", 0.01, 0.4, 0.1, log: true);
        int rows = space.Int("fasttree_min_data_in_leaf", 1, 50, 10, log: true);
        double features = space.Float("fasttree_feature_fraction", 0.3, 1, 0.5);
        return new MlNetTrainer(FeatureSpace.OfTrees(space, Name, facts), Estimator);

        IEstimator<ITransformer> Estimator(MLContext context, TrainingData data) => data.Target.Task switch
        {
            TableTask.Regression => context.Regression.Trainers.FastTree(With(new FastTreeRegressionTrainer.Options(), data)),
            TableTask.Binary => context.BinaryClassification.Trainers.FastTree(With(new FastTreeBinaryTrainer.Options(), data)),
            _ => context.MulticlassClassification.Trainers.OneVersusAll(
                context.BinaryClassification.Trainers.FastTree(With(new FastTreeBinaryTrainer.Options(), data))),
        };

        TOptions With<TOptions>(TOptions options, TrainingData data) where TOptions : BoostedTreeOptions
        {
            options.NumberOfTrees = trees;
            options.NumberOfLeaves = leaves;
            options.LearningRate = rate;
            options.MinimumExampleCountPerLeaf = rows;
            options.FeatureFraction = features;
            options.NumberOfThreads = data.Threads;
            options.Seed = options.FeatureSelectionSeed = (int)(data.Seed >> 33);
            return options;
        }
    }
}
