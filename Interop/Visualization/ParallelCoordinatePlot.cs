using Hpo.Interop.Glue;

namespace Hpo.Interop.Visualization;

/// <summary>Each trial as a line over its parameters. Optuna's <c>plot_parallel_coordinate</c>.</summary>
public sealed record ParallelCoordinatePlot : Plot
{
    /// <summary>The parameters; null (the default) for all.</summary>
    public IReadOnlyList<string>? Params { get; init; }

    /// <summary>What is shown of a trial; null (the default) for its value. A study with several objectives needs it.</summary>
    public Func<FrozenTrial, double>? Target { get; init; }

    /// <summary>What <see cref="Target"/> is called. Default "Objective Value".</summary>
    public string TargetName { get; init; } = "Objective Value";

    internal override string ClassName => "plot_parallel_coordinate";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("params", Params, null);
        arguments.AddTarget(Target);
        arguments.Add("target_name", TargetName, "Objective Value");
    }
}
