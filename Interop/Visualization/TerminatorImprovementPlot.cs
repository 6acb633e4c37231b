using Hpo.Interop.Glue;

namespace Hpo.Interop.Visualization;

/// <summary>How much better the study may still become. Optuna's <c>plot_terminator_improvement</c>, from Optuna 3.2.</summary>
public sealed record TerminatorImprovementPlot : Plot
{
    /// <summary>Whether the error of the values is shown too. Default false.</summary>
    public bool PlotError { get; init; }

    /// <summary>The trials before which nothing is shown as reached, at least 1. Default 20.</summary>
    public int MinNTrials { get; init; } = 20;

    internal override string ClassName => "plot_terminator_improvement";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("plot_error", PlotError, false);
        arguments.Add("min_n_trials", MinNTrials, 20);
    }
}
