using Hpo.Interop.Glue;

namespace Hpo.Interop.Visualization;

/// <summary>The values of a study with two or three objectives, and which of them none other beats. Optuna's
/// <c>plot_pareto_front</c>.</summary>
public sealed record ParetoFrontPlot : Plot
{
    /// <summary>What the objectives are called; null (the default) for "Objective 0" and so on.</summary>
    public IReadOnlyList<string>? TargetNames { get; init; }

    /// <summary>Whether trials that another one beats are shown too. Default true.</summary>
    public bool IncludeDominatedTrials { get; init; } = true;

    /// <summary>The objective of each axis, by index; null (the default) for their own order.</summary>
    public IReadOnlyList<int>? AxisOrder { get; init; }

    /// <summary>The constraints of a trial, of which values above 0 are violations; null (the default) for none.</summary>
    public Func<FrozenTrial, IReadOnlyList<double>>? ConstraintsFunc { get; init; }

    /// <summary>What is shown of a trial, two or three numbers; null (the default) for its values.</summary>
    public Func<FrozenTrial, IReadOnlyList<double>>? Targets { get; init; }

    internal override string ClassName => "plot_pareto_front";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("target_names", TargetNames, null);
        arguments.Add("include_dominated_trials", IncludeDominatedTrials, true);
        arguments.Add("axis_order", AxisOrder, null);
        arguments.AddConstraints(ConstraintsFunc);
        arguments.AddTargets(Targets);
    }
}
