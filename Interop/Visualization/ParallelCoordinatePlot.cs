namespace Hpo.Interop.Visualization;

/// <summary>Each trial as a line over its parameters. Optuna's <c>plot_parallel_coordinate</c>.</summary>
public sealed record ParallelCoordinatePlot : ParamsPlot
{
    internal override string ClassName => "plot_parallel_coordinate";
}
