namespace Hpo.Interop.Visualization;

/// <summary>The share of trials at or below each value, of one or more studies. Optuna's <c>plot_edf</c>.</summary>
public sealed record EdfPlot : TargetPlot
{
    internal override string ClassName => "plot_edf";

    internal override bool TakesSeveralStudies => true;
}
