namespace Hpo.Interop.Visualization;

/// <summary>The value over each pair of parameters. Optuna's <c>plot_contour</c>.</summary>
public sealed record ContourPlot : ParamsPlot
{
    internal override string ClassName => "plot_contour";
}
