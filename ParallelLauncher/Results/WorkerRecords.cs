using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Results;

/// <summary>Makes the records of workers.</summary>
internal static class WorkerRecords
{
    public static WorkerRecord Of(WorkerStatus status, WorkerTally? tally, RunPaths paths) => new()
    {
        Index = status.Index,
        State = status.State.ToString().ToLowerInvariant(),
        ProcessId = status.ProcessId,
        Host = status.Host,
        Reason = status.Reason,
        ExitCode = status.ExitCode,
        Restarts = status.Restarts,
        Start = status.Start,
        DurationSeconds = Math.Round(status.Duration.TotalSeconds, 3),
        Complete = tally?.Complete,
        Pruned = tally?.Pruned,
        Failed = tally?.Failed,
        Trial = tally?.Trial,
        LastValue = tally?.LastValue,
        Log = paths.WorkerLog(status.Index),
        Problem = status.Problem,
    };
}
