using System.Text.Json.Serialization;

namespace Hpo.Interop.Launches;

/// <summary>What <c>run.json</c> holds about a launch besides its plan. Secrets are masked.</summary>
internal abstract record LaunchRecord
{
    public const string Running = "running";

    /// <summary>The launcher has ended, and a cluster's engine has the workers.</summary>
    public const string Detached = "detached";

    public string? Run { get; init; }

    /// <summary>"planned", "running", "detached", "finished" or "refused".</summary>
    public required string State { get; init; }

    /// <summary>How the cluster's engine calls the run, or null on this machine.</summary>
    public string? Job { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>Why the run was stopped before its workers ended by themselves, or null.</summary>
    public string? StopReason { get; init; }

    public IReadOnlyList<string> Errors { get; init; } = [];
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The launcher's process.</summary>
    public ProcessIdentity? Launcher { get; init; }

    public DateTimeOffset? Started { get; init; }
    public DateTimeOffset? Finished { get; init; }
    public string? Directory { get; init; }
    public IReadOnlyList<WorkerRecord> Workers { get; init; } = [];

    /// <summary>Whether nobody has written how the run ended.</summary>
    [JsonIgnore]
    public bool IsOpen => State is Running or Detached;

    /// <summary>Whether a launcher on this machine leads the run; null where another machine's may.</summary>
    [JsonIgnore]
    public bool? IsLed => State == Running ? Launcher?.IsAlive() : false;
}
