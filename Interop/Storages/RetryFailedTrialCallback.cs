using System.Collections;
using System.Globalization;
using Hpo.Interop.Bridge;

namespace Hpo.Interop.Storages;

/// <summary>Retries a trial that lost its worker. Optuna's <c>RetryFailedTrialCallback</c>,
/// from 4.9 <c>RetryHeartbeatStaleTrialCallback</c>.</summary>
public sealed record RetryFailedTrialCallback
{
    /// <summary>How often one trial is retried, at least 0; null (the default) for no limit.</summary>
    public int? MaxRetry { get; init; }

    /// <summary>Whether the new trial starts with the reported values of the old one. Default false.</summary>
    public bool InheritIntermediateValues { get; init; }

    /// <summary>The number of the trial that a trial retries; null where it is no retry. Optuna's
    /// <c>retried_trial_number</c>.</summary>
    /// <param name="trial">The trial.</param>
    public static int? RetriedTrialNumber(FrozenTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return trial.SystemAttrs.TryGetValue("failed_trial", out object? number) ? ToNumber(number) : null;
    }

    /// <summary>The numbers of all trials that a trial retries, the first one first. Optuna's
    /// <c>retry_history</c>.</summary>
    /// <param name="trial">The trial.</param>
    public static IReadOnlyList<int> RetryHistory(FrozenTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return trial.SystemAttrs.TryGetValue("retry_history", out object? numbers)
            ? [.. ((IEnumerable)numbers!).Cast<object>().Select(ToNumber)]
            : [];
    }

    /// <summary>The options by name, with numbers in no country's form.</summary>
    public override string ToString() => InvariantText.Of(this, PrintMembers);

    private static int ToNumber(object? number) => Convert.ToInt32(number, CultureInfo.InvariantCulture);

    internal PythonValue ToPython() => new OrderedDictionary<string, PythonValue>
    {
        ["max_retry"] = PythonValue.Optional(MaxRetry),
        ["inherit_intermediate_values"] = InheritIntermediateValues,
    };
}
