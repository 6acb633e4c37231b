using Hpo.Interop.Glue;
using Hpo.Interop.Importance;

namespace Hpo.Interop.Visualization;

/// <summary>How much each parameter matters. Optuna's <c>plot_param_importances</c>.</summary>
public sealed record ParamImportancesPlot : ParamsPlot
{
    /// <summary>How importance is found; null (the default) for Optuna's choice.</summary>
    public ImportanceEvaluator? Evaluator { get; init; }

    internal override string ClassName => "plot_param_importances";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.AddComponent("evaluator", Evaluator);
        base.Describe(arguments);
    }
}
