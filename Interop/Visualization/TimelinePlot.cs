namespace Hpo.Interop.Visualization;

/// <summary>When each trial ran, and how it ended. Optuna's <c>plot_timeline</c>, from Optuna 3.2.</summary>
public sealed record TimelinePlot : Plot
{
    internal override string ClassName => "plot_timeline";
}
