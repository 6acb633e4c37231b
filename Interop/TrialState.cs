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
