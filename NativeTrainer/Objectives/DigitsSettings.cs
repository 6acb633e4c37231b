using Hpo.NativeTrainer.Classifiers;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Evaluation;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>What the scores of a digits study depend on besides its hyperparameters.</summary>
internal sealed record DigitsSettings : IObjectiveSettings
{
    public const string Name = "digits";

    private const string ModelKey = "model";
    private const string FoldsKey = "folds";
    private const string TestSizeKey = "test_size";
    private const string SplitSeedKey = "split_seed";

    public ModelKind Model { get; init; } = ModelKind.Forest;

    public int Folds { get; init; } = 5;

    public double TestSize { get; init; } = 0.1;

    public ulong SplitSeed { get; init; }

    public string ObjectiveName => Name;

    /// <summary>The settings that a study carries, or null where it is no digits study.</summary>
    public static DigitsSettings? FromUserAttrs(IReadOnlyDictionary<string, object?> attrs)
    {
        if (attrs.GetValueOrDefault(IObjectiveSettings.ObjectiveKey) is not Name) return null;
        return new DigitsSettings
        {
            Model = ModelKinds.Parse((string)attrs[ModelKey]!),
            Folds = (int)(long)attrs[FoldsKey]!,
            TestSize = (double)attrs[TestSizeKey]!,
            SplitSeed = (ulong)(long)attrs[SplitSeedKey]!,
        };
    }

    public IReadOnlyDictionary<string, object?> ToUserAttrs() => new Dictionary<string, object?>
    {
        [ModelKey] = Model.Name(),
        [FoldsKey] = (long)Folds,
        [TestSizeKey] = TestSize,
        [SplitSeedKey] = (long)SplitSeed,
    };

    public TrainTestSplit Split(ByteDataset data) => TrainTestSplit.Shuffled(data.RowCount, TestSize, SplitSeed);

    /// <summary>The accuracy, in [0, 1], on the rows set aside, after training on all others.</summary>
    public double TestAccuracy(ByteDataset data, ForestParameters parameters, int parallelism, CancellationToken cancellation)
    {
        var options = new GridSearchOptions
        {
            Model = Model,
            Folds = Folds,
            TestSize = TestSize,
            Seed = SplitSeed,
            Parallelism = parallelism,
        };
        return GridSearch.TestAccuracy(data, Split(data), parameters, options, cancellation);
    }
}
