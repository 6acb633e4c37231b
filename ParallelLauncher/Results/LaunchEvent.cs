using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hpo.ParallelLauncher.Results;

/// <summary>One line of <c>events.jsonl</c> and of <c>--json</c>. Secrets are masked.</summary>
internal sealed record LaunchEvent
{
    /// <summary>planned, refused, run-started, worker, progress, trial-lost, stopping, note or run-finished.</summary>
    public required string Event { get; init; }

    public DateTimeOffset Time { get; init; }

    /// <summary>The worker's index.</summary>
    public int? Worker { get; init; }

    /// <summary>The worker's state.</summary>
    public string? State { get; init; }

    public int? Start { get; init; }
    public int? ProcessId { get; init; }
    public int? ExitCode { get; init; }
    public int? Restarts { get; init; }

    /// <summary>The number of a trial.</summary>
    public long? Trial { get; init; }

    /// <summary>The number of the trial that retries a lost one.</summary>
    public long? RetriedAs { get; init; }

    public StudyRecord? Study { get; init; }

    /// <summary>How many trials count as finished.</summary>
    public int? Finished { get; init; }

    public double? TrialsPerMinute { get; init; }
    public double? SecondsLeft { get; init; }

    /// <summary>interrupt, terminate or kill.</summary>
    public string? Stage { get; init; }

    public string? Message { get; init; }

    /// <summary>The whole run, with the first and the last event.</summary>
    public RunRecord? Run { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, LaunchEventJson.Default.LaunchEvent);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(LaunchEvent))]
internal sealed partial class LaunchEventJson : JsonSerializerContext;
