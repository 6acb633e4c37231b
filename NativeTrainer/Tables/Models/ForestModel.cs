using Hpo.NativeTrainer.Forest.Numbers;
using Hpo.NativeTrainer.Tables.Features;
using Hpo.NativeTrainer.Tables.Saving;
using Hpo.NativeTrainer.Tables.Space;

namespace Hpo.NativeTrainer.Tables.Models;

/// <summary>This program's random forest, or its extremely randomized trees.</summary>
internal sealed class ForestModel : ILoadsPredictors
{
    public string Name => "forest";

    public string EntryName => "hpo/forest.bin";

    public bool Supports(TableTarget target) => true;

    public ITableTrainer Configure(IHyperparameters space, TableFacts facts) => new ForestTrainer(
        new NumberForestOptions
        {
            NEstimators = space.Int("forest_trees", 50, 500, 100, log: true),
            MaxDepth = space.Int("forest_max_depth", 3, 50, 50, log: true),
            MaxFeatures = space.Float("forest_max_features", 0.1, 1, 0.33),
            MinSamplesLeaf = space.Int("forest_min_samples_leaf", 1, 20, 1, log: true),
            IsExtra = space.Choice("forest_splitter", "best", "random") == "random",
        },
        FeatureSpace.OfTrees(space, Name, facts));

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
