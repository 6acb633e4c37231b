using Hpo.Interop.Glue;

namespace Hpo.Interop.Terminators;

/// <summary>What estimates how much a study can still improve.</summary>
public abstract record ImprovementEvaluator : OptunaComponent
{
    private protected ImprovementEvaluator()
    {
    }

    internal override string Module => "terminator";
}

/// <summary>An upper bound of the regret, from a Gaussian process over the best trials. Optuna's
/// <c>RegretBoundEvaluator</c>, since 3.2, over Python's <c>torch</c>.</summary>
public sealed record RegretBoundEvaluator : ImprovementEvaluator
{
    /// <summary>The part of the trials, the best ones, that counts, 0 … 1. Default 0.5.</summary>
    public double TopTrialsRatio { get; init; } = 0.5;

    /// <summary>How many trials count at least, above 0. Default 20.</summary>
    public int MinNTrials { get; init; } = 20;

    /// <summary>The seed of the random numbers, 0 … 2³²−1; null (the default) for a different one each time. Since Optuna
    /// 3.6.</summary>
    public long? Seed { get; init; }

    internal override string ClassName => "RegretBoundEvaluator";

    internal override bool NeedsTorch => true;

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("top_trials_ratio", TopTrialsRatio, 0.5);
        arguments.Add("min_n_trials", MinNTrials, 20);
        arguments.Add("seed", Seed, null);
    }
}

/// <summary>How many trials have passed since the best one, taken from a limit. Optuna's
/// <c>BestValueStagnationEvaluator</c>, since 3.4.</summary>
public sealed record BestValueStagnationEvaluator : ImprovementEvaluator
{
    /// <summary>After how many trials without a better value nothing more is expected, at least 0. Default 30.</summary>
    public int MaxStagnationTrials { get; init; } = 30;

    internal override string ClassName => "BestValueStagnationEvaluator";

    internal override void Describe(ComponentArguments arguments) =>
        arguments.Add("max_stagnation_trials", MaxStagnationTrials, 30);
}

/// <summary>The expected minimum model regret, from a Gaussian process. Optuna's <c>EMMREvaluator</c>, since 4.0, over
/// Python's <c>torch</c>; source: Ishibashi et al., A Stopping Criterion for Bayesian Optimization by the Gap of Expected
/// Minimum Simple Regrets, 2023.</summary>
public sealed record EmmrEvaluator : ImprovementEvaluator
{
    /// <summary>Whether the same parameters always give the same value. Default false.</summary>
    public bool DeterministicObjective { get; init; }

    /// <summary>The confidence parameter, 0 … 1. Default 0.1.</summary>
    public double Delta { get; init; } = 0.1;

    /// <summary>How many trials count at least, above 1. Default 2.</summary>
    public int MinNTrials { get; init; } = 2;

    /// <summary>The seed of the random numbers, 0 … 2³²−1; null (the default) for a different one each time.</summary>
    public long? Seed { get; init; }

    internal override string ClassName => "EMMREvaluator";

    internal override bool NeedsTorch => true;

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("deterministic_objective", DeterministicObjective, false);
        arguments.Add("delta", Delta, 0.1);
        arguments.Add("min_n_trials", MinNTrials, 2);
        arguments.Add("seed", Seed, null);
    }
}
