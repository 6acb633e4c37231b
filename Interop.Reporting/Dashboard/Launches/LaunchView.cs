namespace Hpo.Interop.Reporting.Dashboard.Launches;

/// <summary>What a page shows of a launch.</summary>
internal sealed record LaunchView
{
    /// <summary>The state of a launch of which only its trials tell.</summary>
    public const string OfTrials = "trials";

    /// <summary>The run's name.</summary>
    public required string Run { get; init; }

    /// <summary>"running", "stopping", "elsewhere" (led on another machine), "detached", "killed" (its launcher is gone), "finished", or
    /// "trials" where nothing but the study's trials tells of it.</summary>
    public required string State { get; init; }

    /// <summary>The launcher's host, or null.</summary>
    public string? Host { get; init; }

    /// <summary>How a cluster's engine calls it, or null.</summary>
    public string? Job { get; init; }

    /// <summary>When it began, in milliseconds since 1970 in UTC.</summary>
    public double? Started { get; init; }

    public double? Finished { get; init; }
    public int? ExitCode { get; init; }
    public string? StopReason { get; init; }
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>How many of the study's trials count as finished.</summary>
    public int? Done { get; init; }

    /// <summary>How many there shall be, or null.</summary>
    public int? Total { get; init; }

    public double? TrialsPerMinute { get; init; }

    /// <summary>The time until the study has its trials at this rate, or null.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>Whether this dashboard can stop it, where that is allowed.</summary>
    public bool CanStop { get; init; }

    /// <summary>What stops it in a terminal; null where there is nothing to stop.</summary>
    public string? StopCommand { get; init; }

    public IReadOnlyList<WorkerView> Workers { get; init; } = [];
}

/// <summary>What a page shows of a worker.</summary>
internal sealed record WorkerView
{
    public required int Index { get; init; }
    public string? Host { get; init; }
    public int? ProcessId { get; init; }

    /// <summary>The launcher's word for it; of a launch that only its trials tell of "running", "no trial" or "gone".</summary>
    public required string State { get; init; }

    /// <summary>Why it waits, or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The number of the trial that it runs, or null.</summary>
    public long? Trial { get; init; }

    /// <summary>The number of its last start, from 0.</summary>
    public int Start { get; init; }

    /// <summary>How often it was restarted after a failure, or null where that is not known.</summary>
    public int? Restarts { get; init; }

    public int Complete { get; init; }
    public int Pruned { get; init; }
    public int Failed { get; init; }
    public double? LastValue { get; init; }
    public string? Problem { get; init; }
    public int? ExitCode { get; init; }

    /// <summary>Whether the end of its log can be shown.</summary>
    public bool HasLog { get; init; }
}
