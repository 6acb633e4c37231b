using Hpo.Interop.Glue;

namespace Hpo.Interop.Importance;

/// <summary>
/// The share of the variance that each parameter explains (fANOVA), Optuna's default up to version 4. Optuna's
/// <c>FanovaImportanceEvaluator</c>; source: Hutter, Hoos and Leyton-Brown, An Efficient Approach for Assessing
/// Hyperparameter Importance, 2014. Its time grows with the trials: seconds for a thousand.
/// </summary>
public sealed record FanovaImportanceEvaluator : ImportanceEvaluator
{
    /// <summary>The trees of the random forest, at least 1. Default 64.</summary>
    public int NTrees { get; init; } = 64;

    /// <summary>The depth of a tree at most, at least 1. Default 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>The seed of the random forest, 0 … 2³²−1; null (the default) for a different one each time.</summary>
    public long? Seed { get; init; }

    internal override string ClassName => "FanovaImportanceEvaluator";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("n_trees", NTrees, 64);
        arguments.Add("max_depth", MaxDepth, 64);
        arguments.Add("seed", Seed, null);
    }
}
