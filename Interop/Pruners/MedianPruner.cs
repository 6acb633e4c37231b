using Hpo.Interop.Glue;

namespace Hpo.Interop.Pruners;

/// <summary>Prunes a trial whose best value so far is worse than the median of earlier trials at the same step; Optuna's
/// default. Optuna's <c>MedianPruner</c>.</summary>
public sealed record MedianPruner : Pruner
{
    /// <summary>How many trials end before any is pruned, at least 0. Default 5.</summary>
    public int NStartupTrials { get; init; } = 5;

    /// <summary>How many steps a trial may take before it is pruned, at least 0. Default 0.</summary>
    public int NWarmupSteps { get; init; }

    /// <summary>How many steps lie between two checks, at least 1. Default 1.</summary>
    public int IntervalSteps { get; init; } = 1;

    /// <summary>How many trials must have reported at a step for it to be judged, at least 1. Default 1.</summary>
    public int NMinTrials { get; init; } = 1;

    internal override string ClassName => "MedianPruner";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("n_startup_trials", NStartupTrials, 5);
        arguments.Add("n_warmup_steps", NWarmupSteps, 0);
        arguments.Add("interval_steps", IntervalSteps, 1);
        arguments.Add("n_min_trials", NMinTrials, 1);
    }
}
