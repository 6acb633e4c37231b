namespace Hpo.Interop.Visualization;

/// <summary>The ranks of the trials over each pair of parameters. Optuna's <c>plot_rank</c>, from Optuna 3.2.</summary>
public sealed record RankPlot : ParamsPlot
{
    internal override string ClassName => "plot_rank";
}
