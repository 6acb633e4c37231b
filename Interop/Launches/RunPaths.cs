using System.Globalization;

namespace Hpo.Interop.Launches;

/// <summary>Names every file of a run.</summary>
/// <param name="directory">The run's folder, whose name is the run's.</param>
internal sealed class RunPaths(string directory)
{
    /// <summary>Where the launcher puts runs by itself.</summary>
    public const string DefaultLogDirectory = "runs";

    public string Id { get; } = Path.GetFileName(directory);

    public string Directory { get; } = directory;

    /// <summary>The plan and the result.</summary>
    public string RunFile => Path.Combine(Directory, "run.json");

    /// <summary>What happened, one JSON object a line.</summary>
    public string EventsFile => Path.Combine(Directory, "events.jsonl");

    /// <summary>The folder of what runs Python scripts under the worker contract.</summary>
    public string PythonFolder => Path.Combine(Directory, "python");

    /// <summary>What the agents of a cluster's run are given; only its owner may read it.</summary>
    public string AgentPlanFile => Path.Combine(Directory, "agent.json");

    /// <summary>It is there once somebody has stopped a cluster's run.</summary>
    public string StopFile => Path.Combine(Directory, "stop");

    /// <summary>What a worker's agent tells of it.</summary>
    public string AgentStatus(int index) =>
        Path.Combine(Directory, string.Create(CultureInfo.InvariantCulture, $"worker-{index}.json"));

    /// <summary>What a worker wrote to its standard output and error, over all of its starts.</summary>
    public string WorkerLog(int index) =>
        Path.Combine(Directory, string.Create(CultureInfo.InvariantCulture, $"worker-{index}.log"));

    /// <summary>The run of a folder that exists.</summary>
    public static RunPaths Existing(string directory) => new(directory);

    /// <summary>All runs below a folder, the newest first: their names begin with the time.</summary>
    public static IReadOnlyList<RunPaths> All(string logDirectory) =>
        !System.IO.Directory.Exists(logDirectory) ? [] :
        [
            .. System.IO.Directory.EnumerateDirectories(logDirectory).Select(Existing)
                .Where(run => File.Exists(run.RunFile)).OrderByDescending(run => run.Id, StringComparer.Ordinal),
        ];
}
