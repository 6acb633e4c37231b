using System.Text.Json;
using System.Text.Json.Serialization;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Results;

/// <summary>What <c>run.json</c> and the last event hold about a run. Secrets are masked.</summary>
internal sealed record RunRecord
{
    public string? Run { get; init; }

    public const string Running = "running";

    /// <summary>The launcher has ended, and a cluster's engine has the workers.</summary>
    public const string Detached = "detached";

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
    public PlanRecord? Plan { get; init; }
    public IReadOnlyList<WorkerRecord> Workers { get; init; } = [];
    public StudyRecord? Study { get; init; }

    /// <summary>Whether workers of a cluster's run go on; null where that is not known.</summary>
    [JsonIgnore]
    public bool? HasLiveWorkers { get; init; }

    /// <summary>Whether nobody has written how the run ended.</summary>
    [JsonIgnore]
    public bool IsOpen => State is Running or Detached;

    /// <summary>Whether a launcher on this machine leads the run; null where another machine's may.</summary>
    [JsonIgnore]
    public bool? IsLed => State == Running ? Launcher?.IsAlive() : false;

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
