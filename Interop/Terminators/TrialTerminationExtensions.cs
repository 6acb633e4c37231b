using Hpo.Interop.Bridge;

namespace Hpo.Interop.Terminators;

/// <summary>What an objective reports to a terminator.</summary>
public static class TrialTerminationExtensions
{
    /// <summary>Reports the scores of a trial's folds, for <see cref="CrossValidationErrorEvaluator"/>. Optuna's
    /// <c>report_cross_validation_scores</c>, since 3.2.</summary>
    /// <param name="trial">The running trial.</param>
    /// <param name="scores">One score a fold, at least two.</param>
    /// <exception cref="OptunaFeatureException">The installed Optuna lacks terminators.</exception>
    public static void ReportCrossValidationScores(this Trial trial, params IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(trial);
        OptunaRuntime.Current.Glue.Terminators.Call(
            "report_cross_validation_scores", trial.Handle, PythonValue.List(scores, score => score));
    }
}
