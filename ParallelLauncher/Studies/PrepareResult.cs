using System.Text.Json.Serialization;
using Hpo.Interop.Tables;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>The answer of the preparing child process to the launcher: one line of JSON on its standard output.</summary>
internal sealed record PrepareResult
{
    /// <summary>The directions of the study, empty where it was not created.</summary>
    [JsonPropertyName("directions")]
    public IReadOnlyList<string> Directions { get; init; } = [];

    /// <summary>The Python that was used, or null where none could be.</summary>
    [JsonPropertyName("python")]
    public string? Python { get; init; }

    /// <summary>The version of its Optuna, or null where none could be used.</summary>
    [JsonPropertyName("optuna")]
    public string? OptunaVersion { get; init; }

    /// <summary>Whether that Optuna writes times in UTC.</summary>
    [JsonIgnore]
    public bool WritesUtc => TableTimes.Of(OptunaVersion).AreUtc;

    /// <summary>What went wrong, for a person, or null.</summary>
    [JsonPropertyName("error")]
    public string? Error { get; init; }

    /// <summary>The error's exit code.</summary>
    [JsonPropertyName("exitCode")]
    public int ExitCode { get; init; }
}

[JsonSerializable(typeof(PrepareResult))]
internal sealed partial class PrepareJson : JsonSerializerContext;
