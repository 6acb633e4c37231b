using Hpo.Interop.Glue;
using Hpo.Interop.Importance;

namespace Hpo.Interop.Visualization;

/// <summary>How much each parameter matters. Optuna's <c>plot_param_importances</c>.</summary>
public sealed record ParamImportancesPlot : Plot
{
    /// <summary>How importance is found; null (the default) for Optuna's choice.</summary>
    public ImportanceEvaluator? Evaluator { get; init; }

    /// <summary>The parameters; null (the default) for all.</summary>
    public IReadOnlyList<string>? Params { get; init; }

    /// <summary>What is shown of a trial; null (the default) for its value. A study with several objectives needs it.</summary>
    public Func<FrozenTrial, double>? Target { get; init; }

    /// <summary>What <see cref="Target"/> is called. Default "Objective Value".</summary>
    public string TargetName { get; init; } = "Objective Value";

    internal override string ClassName => "plot_param_importances";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.AddComponent("evaluator", Evaluator);
        arguments.Add("params", Params, null);
        arguments.AddTarget(Target);
        arguments.Add("target_name", TargetName, "Objective Value");
    }
}
