using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;
using Hpo.Interop.Terminators;

namespace Hpo.Interop;

/// <content>How much better a study may still become.</content>
public sealed partial class Study
{
    /// <summary>What could still be gained after some of the complete trials, and the error of their values, of which Optuna's
    /// <c>plot_terminator_improvement</c> shows each one: a <see cref="Terminator"/> stops where the error is greater.</summary>
    /// <param name="improvement">What estimates the improvement; over a Gaussian process each estimate may take seconds.</param>
    /// <param name="error">What estimates the error; null for none.</param>
    /// <param name="completeTrials">After how many complete trials, at least 1 each and at most those that there are; null for each.</param>
    /// <returns>One estimate for each of <paramref name="completeTrials"/>, in the unit of the objective's values.</returns>
    /// <exception cref="OptunaFeatureException">The installed Optuna lacks an evaluator, or a Python package that it needs.</exception>
    /// <exception cref="PythonCallException">Optuna refuses (<c>ValueError</c>), such as where the complete trials have no parameter in
    /// common; (<c>RuntimeError</c>) where the study has several objectives.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many complete trials.</exception>
    public IReadOnlyList<TerminatorImprovement> Improvements(
        ImprovementEvaluator improvement, ErrorEvaluator? error = null, IReadOnlyList<int>? completeTrials = null)
    {
        ArgumentNullException.ThrowIfNull(improvement);
        int[] numbers = [.. Trials.Where(trial => trial.State == TrialState.Complete).Select(trial => trial.Number)];
        completeTrials ??= [.. Enumerable.Range(1, numbers.Length)];
        foreach (int count in completeTrials)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(completeTrials));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, numbers.Length, nameof(completeTrials));
        }
        PythonValue[] found = _glue.Terminators.Call(
            "improvements", _study, Components.Build(_glue, improvement), Components.Build(_glue, error), PythonValue.List(completeTrials, count => count)).AsList();
        return [.. found.Select((estimate, i) => estimate.AsList() is [var gain, var spread]
            ? new TerminatorImprovement(numbers[completeTrials[i] - 1], gain.AsFloat(), spread.IsNone ? null : spread.AsFloat())
            : throw new InvalidOperationException("An improvement comes with its error."))];
    }
}
