using System.Text.Json.Serialization;
using Hpo.Interop;
using Hpo.Interop.Launches;

namespace Hpo.ParallelLauncher.Plan;

/// <summary>What was asked for on the command line, not yet validated.</summary>
internal record LaunchRequest : LaunchGoal
{
    public string Worker { get; init; } = "";
    public IReadOnlyList<string> WorkerArguments { get; init; } = [];
    public string StorageEngine { get; init; } = "native";
    public IReadOnlyList<string> Directions { get; init; } = [];
    public double? Target { get; init; }
    public int? Seed { get; init; }
    public double? TimeoutSeconds { get; init; }
    public int MaxRestarts { get; init; } = 3;
    public string Halt { get; init; } = "never";
    public double GraceSeconds { get; init; } = 10;
    public int HeartbeatSeconds { get; init; } = (int)WorkerEnvironment.DefaultHeartbeatInterval.TotalSeconds;
    public int RetryFailed { get; init; }
    public string? Gpus { get; init; }
    public bool Pin { get; init; }
    public int? Threads { get; init; }

    /// <summary>What was asked of the engine: the values of its options by their names without dashes.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Settings { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Whether the launcher ends once the engine has the job.</summary>
    public bool Detach { get; init; }

    /// <summary>Whether workers that their time limit has ended are started anew while trials are left.</summary>
    public bool Resubmit { get; init; }

    /// <summary>The run to go on with, or null.</summary>
    public string? Resumes { get; init; }

    /// <summary>The run whose workers still run on a cluster, and are watched again; or null.</summary>
    [JsonIgnore]
    public string? Attaches { get; init; }

    [JsonIgnore]
    public bool IsResumed { get; init; }

    /// <summary>The number of each worker's first start, by index: a resumed run goes on counting.</summary>
    public IReadOnlyList<int> FirstStarts { get; init; } = [];

    [JsonIgnore]
    public string LogDirectory { get; init; } = RunPaths.DefaultLogDirectory;

    [JsonIgnore]
    public bool DryRun { get; init; }

    [JsonIgnore]
    public bool Json { get; init; }

    [JsonIgnore]
    public bool Verbose { get; init; }
}
