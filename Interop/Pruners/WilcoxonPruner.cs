using Hpo.Interop.Glue;

namespace Hpo.Interop.Pruners;

/// <summary>
/// Prunes a trial whose values at the same steps are significantly worse than the best trial's, for objectives that are the
/// mean over problem instances. Optuna's <c>WilcoxonPruner</c>, since 3.6, over scipy; source: Wilcoxon's signed-rank test.
/// </summary>
public sealed record WilcoxonPruner : Pruner
{
    /// <summary>The p-value below which a trial counts as worse, 0 … 1. Default 0.1.</summary>
    public double PThreshold { get; init; } = 0.1;

    /// <summary>How many steps a trial runs before it can be pruned, at least 0. Null (the default) for the installed
    /// Optuna's default: 0, from 4.2 on 2.</summary>
    public int? NStartupSteps { get; init; }

    internal override string ClassName => "WilcoxonPruner";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("p_threshold", PThreshold, 0.1);
        arguments.Add("n_startup_steps", NStartupSteps, null);
    }
}
