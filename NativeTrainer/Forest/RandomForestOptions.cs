using System.Runtime.CompilerServices;

namespace Hpo.NativeTrainer.Forest;

/// <summary>
/// The hyperparameters of a random forest, named as in scikit-learn's RandomForestClassifier. A value outside its range
/// throws an <see cref="ArgumentOutOfRangeException"/>.
/// </summary>
internal sealed record RandomForestOptions
{
    /// <summary>Number of trees, at least 1. Default 100.</summary>
    public int NEstimators { get; init => field = AtLeastOne(value); } = 100;

    /// <summary>Greatest depth of a tree (the root has depth 0), at least 1; null, the default, sets no bound.</summary>
    public int? MaxDepth { get; init => field = value is { } depth ? AtLeastOne(depth) : null; }

    /// <summary>Features considered in every split, at least 1; null, the default, is the root of their number.</summary>
    public int? MaxFeatures { get; init => field = value is { } features ? AtLeastOne(features) : null; }

    /// <summary>Whether each tree sees rows drawn with replacement (the default) or every row once.</summary>
    public bool Bootstrap { get; init; } = true;

    /// <summary>The same seed, options and rows give the same forest. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Threads to use at most, at least 1; the forest does not depend on it. Default 1.</summary>
    public int Parallelism { get; init => field = AtLeastOne(value); } = 1;

    private static int AtLeastOne(int value, [CallerMemberName] string option = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, option);
        return value;
    }
}
