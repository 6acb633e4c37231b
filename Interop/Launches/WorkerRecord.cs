using System.Text.Json.Serialization;

namespace Hpo.Interop.Launches;

/// <summary>A worker's present state, or how it ended, and its share of the study's trials.</summary>
internal sealed record WorkerRecord
{
    public required int Index { get; init; }
    public required string State { get; init; }
    public int? ProcessId { get; init; }

    /// <summary>The host of a cluster's worker.</summary>
    public string? Host { get; init; }

    /// <summary>Why it waits, in the words of the cluster's engine.</summary>
    public string? Reason { get; init; }
    public int? ExitCode { get; init; }
    public required int Restarts { get; init; }

    /// <summary>The number of its last start, from 0.</summary>
    public required int Start { get; init; }

    public required double DurationSeconds { get; init; }

    /// <summary>The trials of this run that it owns, by how they ended; null where it owns none.</summary>
    public int? Complete { get; init; }

    public int? Pruned { get; init; }
    public int? Failed { get; init; }

    /// <summary>The number of the trial that it runs, or null.</summary>
    public long? Trial { get; init; }

    public double? LastValue { get; init; }
    public required string Log { get; init; }
    public string? Problem { get; init; }

    [JsonIgnore]
    public bool HasEnded => State is "succeeded" or "stopped" or "failed";

    [JsonIgnore]
    public bool IsStopping => State == "stopping";
}
