using Hpo.NativeTrainer.Forest.Numbers;
using Hpo.NativeTrainer.Tables.Features;
using Hpo.NativeTrainer.Tables.Saving;
using Hpo.NativeTrainer.Tables.Space;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>A model that is a <see cref="NumberForest"/>.</summary>
/// <param name="name">Its name.</param>
/// <param name="isExtra">See <see cref="NumberForestOptions.IsExtra"/>.</param>
internal abstract class NumberForestModel(string name, bool isExtra) : ILoadsPredictors
{
    public string Name => name;

    public string EntryName => "hpo/forest.bin";

    public bool Supports(TableTarget target) => true;

    public ITableTrainer Configure(IHyperparameters space, TableFacts facts) => new ForestTrainer(
        new NumberForestOptions
        {
            NEstimators = space.Int($"{name}_trees", 50, 500, 100, log: true),
            MaxDepth = space.Int($"{name}_max_depth", 3, 50, 50, log: true),
            MaxFeatures = space.Float($"{name}_max_features", 0.1, 1, 0.33),
            MinSamplesLeaf = space.Int($"{name}_min_samples_leaf", 1, 20, 1, log: true),
            IsExtra = isExtra,
        },
        FeatureSpace.OfTrees(space, name, facts));

    public ITablePredictor Load(byte[] content, TableTarget target) => new ForestPredictor(NumberForest.Load(content));

    private sealed class ForestTrainer(NumberForestOptions options, FeatureOptions features) : ITableTrainer
    {
        public FeatureOptions Features => features;

        public ITablePredictor Fit(TrainingData data, CancellationToken cancellation) => new ForestPredictor(NumberForest.Fit(
            data.Features.Values, data.Features.ColumnCount, data.Labels, data.Target.Classes.Count,
            options with { Seed = data.Seed, Parallelism = data.Threads }, cancellation));
    }

    private sealed class ForestPredictor(NumberForest forest) : ISavedPredictor
    {
        public TablePredictions Predict(FeatureMatrix features) => new(forest.Predict(features.Values, features.ColumnCount), forest.Outputs);

        public void Save(Stream stream) => forest.Save(stream);
    }
}
