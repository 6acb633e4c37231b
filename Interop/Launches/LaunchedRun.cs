using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hpo.Interop.Launches;

/// <summary>A run as programs other than the launcher read it.</summary>
internal sealed record LaunchedRun : LaunchRecord
{
    // A thousand workers take half a megabyte.
    private const long LongestFile = 16L << 20;

    public LaunchGoal? Plan { get; init; }

    /// <summary>The record of a run; null where there is none that can be read.</summary>
    public static LaunchedRun? TryRead(RunPaths run)
    {
        try
        {
            var file = new FileInfo(run.RunFile);
            return file.Exists && file.LinkTarget is null && file.Length <= LongestFile
                ? JsonSerializer.Deserialize(File.ReadAllText(run.RunFile), LaunchedRunJson.Default.LaunchedRun)
                : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

// As the launcher writes it.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(LaunchedRun))]
internal sealed partial class LaunchedRunJson : JsonSerializerContext;
