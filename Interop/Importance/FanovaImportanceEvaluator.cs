namespace Hpo.Interop.Importance;

/// <summary>
/// The share of the variance that each parameter explains (fANOVA), Optuna's default up to version 4. Optuna's
/// <c>FanovaImportanceEvaluator</c>; source: Hutter, Hoos and Leyton-Brown, An Efficient Approach for Assessing
/// Hyperparameter Importance, 2014. Its time grows with the trials: seconds for a thousand.
/// </summary>
public sealed record FanovaImportanceEvaluator : ForestImportanceEvaluator
{
    internal override string ClassName => "FanovaImportanceEvaluator";
}
