using Hpo.Interop;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Results;

/// <summary>Makes one exit code out of a run.</summary>
internal static class ExitCodes
{
    /// <summary>128 + SIGHUP.</summary>
    public const int HungUp = 129;

    // What a person has to fix comes before a failure of unknown cause.
    private static readonly int[] Telling = [WorkerExitCode.Usage, WorkerExitCode.Storage, WorkerExitCode.Environment];

    /// <param name="reason">Why the run was stopped, or null.</param>
    /// <param name="workers">How each worker ended.</param>
    /// <param name="budgetMet">Whether the study has all trials that were asked for; null without a budget or where it
    /// cannot be known.</param>
    public static int Aggregate(StopReason? reason, IReadOnlyList<WorkerStatus> workers, bool? budgetMet)
    {
        if (reason?.ExitCode is { } exitCode) return exitCode;
        if (budgetMet is true) return WorkerExitCode.Success;
        int[] failures = [.. workers.Where(worker => worker.State is WorkerState.Failed)
            .Select(worker => worker.ExitCode ?? WorkerExitCode.Failure)];
        if (failures.Length == 0) return budgetMet is false ? WorkerExitCode.Failure : WorkerExitCode.Success;
        return Telling.Cast<int?>().FirstOrDefault(code => failures.Contains(code!.Value)) ?? WorkerExitCode.Failure;
    }
}
