using Hpo.NativeTrainer.Classifiers;

namespace Hpo.NativeTrainer.Evaluation;

/// <summary>How a grid search is run.</summary>
internal sealed record GridSearchOptions
{
    /// <summary>The classifier. Default: the program's own forest.</summary>
    public ModelKind Model { get; init; } = ModelKind.Forest;

    /// <summary>The pairs to score. Default: the whole grid of <see cref="DigitsSearchSpace"/>.</summary>
    public IReadOnlyList<ForestParameters> Grid { get; init; } = DigitsSearchSpace.Grid;

    /// <summary>Folds of the cross-validation, at least 2. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Share of the rows set aside for the test, in (0, 1). Default 0.1.</summary>
    public double TestSize { get; init; } = 0.1;

    /// <summary>Seed of the split and of all fits. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Fits to run at once, at least 1; no result depends on it. Default: one for each core.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;
}
