namespace Hpo.Interop.Visualization;

/// <summary>The value over each parameter. Optuna's <c>plot_slice</c>.</summary>
public sealed record SlicePlot : ParamsPlot
{
    internal override string ClassName => "plot_slice";
}
