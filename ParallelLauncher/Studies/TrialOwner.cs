using System.Text.Json;
using System.Text.Json.Serialization;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>The mark that a launched worker writes on each trial it takes: whose the trial is.</summary>
internal sealed record TrialOwner
{
    /// <summary>The system attribute that holds the mark.</summary>
    public const string Key = "hpo:worker";

    [JsonPropertyName("run")]
    public required string Run { get; init; }

    [JsonPropertyName("worker")]
    public required int Worker { get; init; }

    /// <summary>The worker's start, from 0: HPO_WORKER_RESTART.</summary>
    [JsonPropertyName("start")]
    public int Start { get; init; }

    [JsonPropertyName("host")]
    public string Host { get; init; } = "";

    [JsonPropertyName("boot")]
    public string? Boot { get; init; }

    [JsonPropertyName("space")]
    public string? Space { get; init; }

    [JsonPropertyName("pid")]
    public int Pid { get; init; }

    [JsonPropertyName("born")]
    public string? Born { get; init; }

    [JsonIgnore]
    public ProcessIdentity Process => new(Host, Boot, Space, Pid, Born);

    /// <summary>Reads a mark; null where there is none, or it was taken back.</summary>
    public static TrialOwner? Parse(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize(json, TrialOwnerJson.Default.TrialOwner);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(TrialOwner))]
internal sealed partial class TrialOwnerJson : JsonSerializerContext;
