namespace Hpo.Interop.Visualization;

/// <summary>The reported values of each trial by step. Optuna's <c>plot_intermediate_values</c>.</summary>
public sealed record IntermediateValuesPlot : Plot
{
    internal override string ClassName => "plot_intermediate_values";
}
