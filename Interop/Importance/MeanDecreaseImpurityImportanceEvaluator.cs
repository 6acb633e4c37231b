namespace Hpo.Interop.Importance;

/// <summary>
/// How much the splits of a random forest over each parameter reduce the impurity. Optuna's
/// <c>MeanDecreaseImpurityImportanceEvaluator</c>; needs scikit-learn.
/// </summary>
public sealed record MeanDecreaseImpurityImportanceEvaluator : ForestImportanceEvaluator
{
    internal override string ClassName => "MeanDecreaseImpurityImportanceEvaluator";
}
