using System.Text.Json;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>What an agent tells of its worker, in a file of the run's folder that it writes anew with each change.</summary>
internal sealed record AgentStatus
{
    public required WorkerStatus Worker { get; init; }
    public required string Host { get; init; }

    /// <summary>The agent's process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>How often the engine had started the task before.</summary>
    public required int Attempt { get; init; }

    /// <summary>Whether the study's database has answered on this host.</summary>
    public bool HasContact { get; init; }

    /// <summary>Whether the agent itself is at its end: nothing is written any more.</summary>
    public bool HasEnded { get; init; }

    /// <summary>Whether the engine was asked to start the task anew.</summary>
    public bool IsRequeued { get; init; }

    public void Write(string directory) =>
        AtomicFile.WriteText(FileOf(directory, Worker.Index), JsonSerializer.Serialize(this, AgentJson.Default.AgentStatus));

    /// <summary>When a worker's status was written last.</summary>
    public static DateTimeOffset Written(string directory, int index) => File.GetLastWriteTimeUtc(FileOf(directory, index));

    /// <summary>The last status of a worker, or null where there is none that can be read: a host that dies may leave half a file.</summary>
    public static AgentStatus? Read(string directory, int index)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(FileOf(directory, index)), AgentJson.Default.AgentStatus);
        }
        catch (Exception error) when (error is JsonException || FileErrors.Is(error))
        {
            return null;
        }
    }

    private static string FileOf(string directory, int index) => RunPaths.Existing(directory).AgentStatus(index);
}
