using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hpo.Interop.Launches;

/// <summary>A run as programs other than the launcher read it.</summary>
internal sealed record LaunchedRun : LaunchRecord
{
    // A thousand workers take half a megabyte.
    private const long LongestFile = 16L << 20;

    public LaunchGoal? Plan { get; init; }

    /// <summary>Whether its workers are being stopped; one by itself may be.</summary>
    [JsonIgnore]
    public bool IsStopping => Workers.Any(worker => worker.IsStopping) && Workers.All(worker => worker.IsStopping || worker.HasEnded);

    /// <summary>The record of a run; null where there is none that can be read.</summary>
    public static LaunchedRun? TryRead(RunPaths run)
    {
        try
        {
            var file = new FileInfo(run.RunFile);
            return file.Exists && file.LinkTarget is null && file.Length <= LongestFile
                ? JsonSerializer.Deserialize(File.ReadAllText(run.RunFile), LaunchedRunJson.Default.LaunchedRun)?.Whole()
                : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // What a file leaves out, the deserializer sets to null.
    private LaunchedRun Whole() => this with
    {
        Errors = Errors ?? [],
        Warnings = Warnings ?? [],
        Workers = [.. (Workers ?? []).OfType<WorkerRecord>()],
        Plan = Plan is null ? null : Plan with { Count = Plan.Count ?? new LaunchGoal().Count },
    };
}

// As the launcher writes it.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(LaunchedRun))]
internal sealed partial class LaunchedRunJson : JsonSerializerContext;
