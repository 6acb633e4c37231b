using Hpo.Interop.Glue;

namespace Hpo.Interop.Pruners;

/// <summary>Lets only the best fraction of trials pass each rung. Optuna's <c>SuccessiveHalvingPruner</c>; source: Li et
/// al., A System for Massively Parallel Hyperparameter Tuning, 2020.</summary>
public sealed record SuccessiveHalvingPruner : Pruner
{
    /// <summary>The step of the first rung, at least 1; null (the default) for an estimate from the first trial
    /// (Optuna's <c>"auto"</c>).</summary>
    public int? MinResource { get; init; }

    /// <summary>One in how many passes a rung, at least 2. Default 4.</summary>
    public int ReductionFactor { get; init; } = 4;

    /// <summary>How many rungs are left out at the start, at least 0. Default 0.</summary>
    public int MinEarlyStoppingRate { get; init; }

    /// <summary>How many trials a rung needs before it judges, at least 0. Default 0.</summary>
    public int BootstrapCount { get; init; }

    internal override string ClassName => "SuccessiveHalvingPruner";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add<object>("min_resource", (object?)MinResource ?? "auto", "auto");
        arguments.Add("reduction_factor", ReductionFactor, 4);
        arguments.Add("min_early_stopping_rate", MinEarlyStoppingRate, 0);
        arguments.Add("bootstrap_count", BootstrapCount, 0);
    }
}
