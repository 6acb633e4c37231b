namespace Hpo.ParallelLauncher.Workers;

internal enum StopCause
{
    Signal,
    Timeout,
    BudgetReached,
    TargetReached,
    WorkerFailed,
    StorageFailed,
    LauncherFailed,
}

/// <summary>Why a run is stopped.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Description">The reason in words, for a person.</param>
/// <param name="ExitCode">The exit code of the run, or null where those of the workers decide.</param>
internal sealed record StopReason(StopCause Cause, string Description, int? ExitCode = null);
