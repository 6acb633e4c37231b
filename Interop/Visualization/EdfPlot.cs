using Hpo.Interop.Glue;

namespace Hpo.Interop.Visualization;

/// <summary>The share of trials at or below each value, of one or more studies. Optuna's <c>plot_edf</c>.</summary>
public sealed record EdfPlot : Plot
{
    /// <summary>What is shown of a trial; null (the default) for its value. A study with several objectives needs it.</summary>
    public Func<FrozenTrial, double>? Target { get; init; }

    /// <summary>What <see cref="Target"/> is called. Default "Objective Value".</summary>
    public string TargetName { get; init; } = "Objective Value";

    internal override string ClassName => "plot_edf";

    internal override bool TakesSeveralStudies => true;

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.AddTarget(Target);
        arguments.Add("target_name", TargetName, "Objective Value");
    }
}
