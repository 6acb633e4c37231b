using Hpo.NativeTrainer.Forest.Numbers;
using Hpo.NativeTrainer.Tables.Features;
using Hpo.NativeTrainer.Tables.Saving;
using Hpo.NativeTrainer.Tables.Space;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>Trains the models that are a <see cref="NumberForest"/>.</summary>
internal sealed class NumberForestTrainer(NumberForestOptions options, FeatureOptions features) : ITableTrainer
{
    /// <summary>A saved forest's entry in a model's file.</summary>
    public const string EntryName = "hpo/forest.bin";

    public FeatureOptions Features => features;

    /// <summary>Asks for a forest's hyperparameters.</summary>
    /// <param name="space">Gives them.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="facts">What the space depends on.</param>
    /// <param name="isExtra">See <see cref="NumberForestOptions.IsExtra"/>.</param>
    public static NumberForestTrainer Configure(IHyperparameters space, string model, TableFacts facts, bool isExtra) => new(
        new NumberForestOptions
        {
            NEstimators = space.Int($"{model}_trees", 50, 500, 100, log: true),
            MaxDepth = space.Int($"{model}_max_depth", 3, 50, 50, log: true),
            MaxFeatures = space.Float($"{model}_max_features", 0.1, 1, 0.33),
            MinSamplesLeaf = space.Int($"{model}_min_samples_leaf", 1, 20, 1, log: true),
            IsExtra = isExtra,
        },
        FeatureSpace.OfTrees(space, model, facts));

    public static ITablePredictor Load(byte[] content) => new ForestPredictor(NumberForest.Load(content));

    public ITablePredictor Fit(TrainingData data, CancellationToken cancellation) => new ForestPredictor(NumberForest.Fit(
        data.Features.Values, data.Features.ColumnCount, data.Labels, data.Target.Classes.Count,
        options with { Seed = data.Seed, Parallelism = data.Threads }, cancellation));

    private sealed class ForestPredictor(NumberForest forest) : ISavedPredictor
    {
        public TablePredictions Predict(FeatureMatrix features) => new(forest.Predict(features.Values, features.ColumnCount), forest.Outputs);

        public void Save(Stream stream) => forest.Save(stream);
    }
}
