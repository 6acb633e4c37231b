namespace Hpo.ParallelLauncher.Workers;

internal enum WorkerState
{
    Waiting,

    /// <summary>A cluster's engine has no place for it yet, or it has not made contact.</summary>
    Queued,

    Running,
    Restarting,

    /// <summary>It has ended in order, and is started again if a slot becomes free.</summary>
    Idle,
    Stopping,
    Succeeded,
    Stopped,
    Failed,
}

/// <summary>A worker's present state; once it has ended, how it ended.</summary>
internal sealed record WorkerStatus
{
    public required int Index { get; init; }
    public WorkerState State { get; init; }
    public int? ProcessId { get; init; }

    /// <summary>The host on which it runs; null on this one.</summary>
    public string? Host { get; init; }

    /// <summary>Why it waits, in the words of the cluster's engine; or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The number of its present or last start, from 0; a resumed run goes on counting.</summary>
    public int Start { get; init; }

    /// <summary>The last exit code, 128 + the signal's number where a signal ended the process; null before the first exit.</summary>
    public int? ExitCode { get; init; }

    /// <summary>How often it was restarted after a failure in this run.</summary>
    public int Restarts { get; init; }

    /// <summary>From the first start to the last exit.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What went wrong, where the exit code alone does not say it.</summary>
    public string? Problem { get; init; }

    /// <summary>When the next start comes, or null.</summary>
    public DateTimeOffset? NextStart { get; init; }

    public bool HasEnded => State is WorkerState.Succeeded or WorkerState.Stopped or WorkerState.Failed;
}
