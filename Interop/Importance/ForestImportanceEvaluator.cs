using Hpo.Interop.Glue;

namespace Hpo.Interop.Importance;

/// <summary>Finds the importance of parameters by a random forest.</summary>
public abstract record ForestImportanceEvaluator : ImportanceEvaluator
{
    private protected ForestImportanceEvaluator()
    {
    }

    /// <summary>The trees of the random forest, at least 1. Default 64.</summary>
    public int NTrees { get; init; } = 64;

    /// <summary>The depth of a tree at most, at least 1. Default 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>The seed of the random forest, 0 … 2³²−1; null (the default) for a different one each time.</summary>
    public long? Seed { get; init; }

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("n_trees", NTrees, 64);
        arguments.Add("max_depth", MaxDepth, 64);
        arguments.Add("seed", Seed, null);
    }
}
