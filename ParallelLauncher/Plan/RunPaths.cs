using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hpo.ParallelLauncher.Plan;

/// <summary>Names every file of a run.</summary>
internal sealed class RunPaths
{
    private RunPaths(string id, string directory)
    {
        Id = id;
        Directory = directory;
    }

    public string Id { get; }
    public string Directory { get; }

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
    public static RunPaths Existing(string directory) => new(Path.GetFileName(directory), directory);

    /// <summary>All runs below a folder, the newest first.</summary>
    public static IReadOnlyList<RunPaths> All(string logDirectory) =>
        !System.IO.Directory.Exists(logDirectory) ? [] :
        [
            .. System.IO.Directory.EnumerateDirectories(logDirectory).Select(Existing)
                .Where(run => File.Exists(run.RunFile)).OrderByDescending(run => run.Id, StringComparer.Ordinal),
        ];

    /// <summary>Opens a file of lines, each of which is there at once. Nothing is kept in a buffer: what could not be written would
    /// fail again when the file is closed.</summary>
    public static StreamWriter OpenLines(string path, FileMode mode)
    {
        var unbuffered = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, BufferSize = 0 };
        return new StreamWriter(path, new UTF8Encoding(false), unbuffered) { AutoFlush = true };
    }

    /// <summary>Creates the folder of a new run, which only its owner may read.</summary>
    public static RunPaths Create(string logDirectory, TimeProvider time)
    {
        string id = string.Create(CultureInfo.InvariantCulture,
            $"{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
        string directory = Path.Combine(logDirectory, id);
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(directory);
        }
        else
        {
            System.IO.Directory.CreateDirectory(logDirectory);
            System.IO.Directory.CreateDirectory(
                directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new RunPaths(id, directory);
    }
}
