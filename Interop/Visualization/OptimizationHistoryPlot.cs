using Hpo.Interop.Glue;

namespace Hpo.Interop.Visualization;

/// <summary>The value of each trial and the best one so far, of one or more studies. Optuna's
/// <c>plot_optimization_history</c>.</summary>
public sealed record OptimizationHistoryPlot : TargetPlot
{
    /// <summary>Whether several studies are shown as their mean and its standard deviation. Default false.</summary>
    public bool ErrorBar { get; init; }

    internal override string ClassName => "plot_optimization_history";

    internal override bool TakesSeveralStudies => true;

    internal override void Describe(ComponentArguments arguments)
    {
        base.Describe(arguments);
        arguments.Add("error_bar", ErrorBar, false);
    }
}
