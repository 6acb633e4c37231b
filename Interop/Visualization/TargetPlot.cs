using Hpo.Interop.Glue;

namespace Hpo.Interop.Visualization;

/// <summary>A plot that shows one number of each trial.</summary>
public abstract record TargetPlot : Plot
{
    private protected TargetPlot()
    {
    }

    /// <summary>What is shown of a trial; null (the default) for its value. A study with several objectives needs it.</summary>
    public Func<FrozenTrial, double>? Target { get; init; }

    /// <summary>What <see cref="Target"/> is called. Default "Objective Value".</summary>
    public string TargetName { get; init; } = "Objective Value";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.AddTarget(Target);
        arguments.Add("target_name", TargetName, "Objective Value");
    }
}
