namespace Hpo.NativeTrainer.Forest.Numbers;

/// <summary>The hyperparameters of a <see cref="NumberForest"/>, named as scikit-learn's.</summary>
internal sealed record NumberForestOptions
{
    /// <summary>Number of trees, at least 1. Default 100.</summary>
    public int NEstimators { get; init; } = 100;

    /// <summary>Greatest depth of a tree, at least 1. Default: no bound.</summary>
    public int MaxDepth { get; init; } = int.MaxValue;

    /// <summary>The share of the features, in (0, 1], that a split considers; at least one feature. Default 1.</summary>
    public double MaxFeatures { get; init; } = 1;

    /// <summary>Rows that a leaf has at least. Default 1.</summary>
    public int MinSamplesLeaf { get; init; } = 1;

    /// <summary>Whether each split's limit is drawn at random and all rows are used, as in extremely randomized trees (Geurts, Ernst and
    /// Wehenkel, 2006). Default: the best limit, and a bootstrap of the rows.</summary>
    public bool IsExtra { get; init; }

    /// <summary>The same seed, options and rows give the same forest. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads to use at most; the forest does not depend on it. Default 1.</summary>
    public int Parallelism { get; init; } = 1;
}
