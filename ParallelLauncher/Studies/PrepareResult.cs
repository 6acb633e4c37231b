using System.Text.Json.Serialization;
using Hpo.Interop.Tables;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>The answer of the preparing child process to the launcher: one line of JSON on its standard output.</summary>
internal sealed record PrepareResult
{
    /// <summary>The Python that was used, or null where none could be.</summary>
    public string? Python { get; init; }

    /// <summary>The version of its Optuna, or null where none could be used.</summary>
    public string? OptunaVersion { get; init; }

    /// <summary>Whether that Optuna writes times in UTC.</summary>
    [JsonIgnore]
    public bool WritesUtc => TableTimes.Of(OptunaVersion).AreUtc;

    /// <summary>What went wrong, for a person, or null.</summary>
    public string? Error { get; init; }

    /// <summary>The error's exit code.</summary>
    public int ExitCode { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PrepareResult))]
internal sealed partial class PrepareJson : JsonSerializerContext;
