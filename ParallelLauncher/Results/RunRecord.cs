using System.Text.Json;
using System.Text.Json.Serialization;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Results;

/// <summary>What <c>run.json</c> and the last event hold about a run. Secrets are masked.</summary>
internal sealed record RunRecord : LaunchRecord
{
    [JsonPropertyOrder(1)]
    public PlanRecord? Plan { get; init; }

    [JsonPropertyOrder(2)]
    public StudyRecord? Study { get; init; }

    /// <summary>Whether workers of a cluster's run go on; null where that is not known.</summary>
    [JsonIgnore]
    public bool? HasLiveWorkers { get; init; }

    /// <summary>Whether the run goes on at this moment; null where it cannot be known here.</summary>
    [JsonIgnore]
    public bool? IsRunning => IsLed is true || Job is null || !IsOpen ? IsLed : HasLiveWorkers;

    public string ToJson() => JsonSerializer.Serialize(this, RecordJson.Default.RunRecord);

    /// <summary>The records of all runs below a folder, the newest first.</summary>
    /// <param name="logDirectory">The folder.</param>
    /// <param name="tell">Called with why a record cannot be read; the other records are read all the same.</param>
    public static IEnumerable<RunRecord> ReadAll(string logDirectory, Action<string> tell)
    {
        return RunPaths.All(logDirectory).Select(TryRead).OfType<RunRecord>();

        RunRecord? TryRead(RunPaths run)
        {
            try
            {
                return Read(run);
            }
            catch (LaunchException error)
            {
                tell(error.Message);
                return null;
            }
        }
    }

    /// <summary>The record of a run.</summary>
    /// <exception cref="LaunchException">The file is not one of this launcher's.</exception>
    public static RunRecord Read(RunPaths run)
    {
        try
        {
            RunRecord read = JsonSerializer.Deserialize(File.ReadAllText(run.RunFile), RecordJson.Default.RunRecord)
                ?? throw new JsonException("it is empty");
            return read with { Directory = Path.GetFullPath(run.Directory) }; // another host may have it elsewhere
        }
        catch (Exception error) when (error is JsonException || FileErrors.Is(error))
        {
            throw new LaunchException($"{run.RunFile} cannot be read: {error.Message}", Hpo.Interop.WorkerExitCode.Usage);
        }
    }
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(StatusRecord))]
internal sealed partial class RecordJson : JsonSerializerContext;
