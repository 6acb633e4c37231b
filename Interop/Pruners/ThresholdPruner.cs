using Hpo.Interop.Glue;

namespace Hpo.Interop.Pruners;

/// <summary>Prunes a trial that reports NaN or a value outside given bounds. Optuna's <c>ThresholdPruner</c>, which asks
/// for at least one bound.</summary>
public sealed record ThresholdPruner : Pruner
{
    /// <summary>The lowest value that is kept; null (the default) for none.</summary>
    public double? Lower { get; init; }

    /// <summary>The highest value that is kept; null (the default) for none.</summary>
    public double? Upper { get; init; }

    /// <summary>How many steps a trial may take before it is pruned, at least 0. Default 0.</summary>
    public int NWarmupSteps { get; init; }

    /// <summary>How many steps lie between two checks, at least 1. Default 1.</summary>
    public int IntervalSteps { get; init; } = 1;

    internal override string ClassName => "ThresholdPruner";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("lower", Lower, null);
        arguments.Add("upper", Upper, null);
        arguments.Add("n_warmup_steps", NWarmupSteps, 0);
        arguments.Add("interval_steps", IntervalSteps, 1);
    }
}
