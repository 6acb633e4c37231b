namespace Hpo.Interop;

/// <summary>The state of a trial; the names are Optuna's.</summary>
public enum TrialState
{
    /// <summary>Its objective is being evaluated.</summary>
    Running,

    /// <summary>Enqueued, and not started.</summary>
    Waiting,

    /// <summary>Finished with a value.</summary>
    Complete,

    /// <summary>Ended early because it did not promise to become good.</summary>
    Pruned,

    /// <summary>Ended without a value: the objective threw, or returned NaN.</summary>
    Fail,
}

/// <summary>Questions to a trial's state.</summary>
public static class TrialStateExtensions
{
    /// <summary>Whether the trial has ended: COMPLETE, PRUNED or FAIL. Optuna's <c>TrialState.is_finished</c>.</summary>
    public static bool IsFinished(this TrialState state) => state is not (TrialState.Running or TrialState.Waiting);
}
/// <summary>Trial states by the names that Optuna gives them.</summary>
internal static class TrialStates
{
    public static string Name(this TrialState state) => state switch
    {
        TrialState.Running => "RUNNING",
        TrialState.Waiting => "WAITING",
        TrialState.Complete => "COMPLETE",
        TrialState.Pruned => "PRUNED",
        _ => "FAIL",
    };

    /// <exception cref="FormatException">It is no state of Optuna's.</exception>
    public static TrialState Parse(string name) => name switch
    {
        "RUNNING" => TrialState.Running,
        "WAITING" => TrialState.Waiting,
        "COMPLETE" => TrialState.Complete,
        "PRUNED" => TrialState.Pruned,
        "FAIL" => TrialState.Fail,
        _ => throw new FormatException($"'{name}' is no state of a trial."),
    };
}
