using Hpo.Interop.Glue;

namespace Hpo.Interop.Visualization;

/// <summary>The value of each trial and the best one so far, of one or more studies. Optuna's
/// <c>plot_optimization_history</c>.</summary>
public sealed record OptimizationHistoryPlot : Plot
{
    /// <summary>What is shown of a trial; null (the default) for its value. A study with several objectives needs it.</summary>
    public Func<FrozenTrial, double>? Target { get; init; }

    /// <summary>What <see cref="Target"/> is called. Default "Objective Value".</summary>
    public string TargetName { get; init; } = "Objective Value";

    /// <summary>Whether several studies are shown as their mean and its standard deviation. Default false.</summary>
    public bool ErrorBar { get; init; }

    internal override string ClassName => "plot_optimization_history";

    internal override bool TakesSeveralStudies => true;

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.AddTarget(Target);
        arguments.Add("target_name", TargetName, "Objective Value");
        arguments.Add("error_bar", ErrorBar, false);
    }
}
