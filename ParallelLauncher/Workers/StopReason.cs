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
/// <param name="Cause">The kind of reason.</param>
/// <param name="Description">The reason in words, for a person.</param>
/// <param name="ExitCode">The exit code that the reason brings about, or null where the workers' own decide.</param>
internal sealed record StopReason(StopCause Cause, string Description, int? ExitCode = null);
