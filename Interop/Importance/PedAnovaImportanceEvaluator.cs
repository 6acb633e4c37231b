using Hpo.Interop.Glue;

namespace Hpo.Interop.Importance;

/// <summary>
/// How much the distribution of each parameter among the best trials differs from that among all. Fast for thousands of
/// trials. Optuna's <c>PedAnovaImportanceEvaluator</c>, from Optuna 3.6; source: Watanabe et al., PED-ANOVA, 2023.
/// </summary>
public sealed record PedAnovaImportanceEvaluator : ImportanceEvaluator
{
    /// <summary>The share of trials, 0 … 1, that counts as the best ones. Default 0.1.</summary>
    public double BaselineQuantile { get; init; } = 0.1;

    /// <summary>Whether importance is measured among the best trials, rather than in the whole space. Default true.</summary>
    public bool EvaluateOnLocal { get; init; } = true;

    internal override string ClassName => "PedAnovaImportanceEvaluator";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("baseline_quantile", BaselineQuantile, 0.1);
        arguments.Add("evaluate_on_local", EvaluateOnLocal, true);
    }
}
