using Hpo.Interop;

namespace Hpo.ParallelLauncher.Plan;

/// <summary>What was asked for on the command line, not yet validated.</summary>
internal sealed record LaunchRequest
{
    public const int DefaultWorkers = 2;
    public const int DefaultMaxRestarts = 3;
    public const double DefaultGraceSeconds = 10;
    public const string DefaultLogDirectory = "runs";
    public const string DefaultCount = "complete,pruned";
    public const string DefaultStorageEngine = "native";

    public static readonly int DefaultHeartbeatSeconds = (int)WorkerEnvironment.DefaultHeartbeatInterval.TotalSeconds;

    public string Worker { get; init; } = "";
    public IReadOnlyList<string> WorkerArguments { get; init; } = [];
    public int Workers { get; init; } = DefaultWorkers;
    public string? Study { get; init; }
    public string? Storage { get; init; }
    public string StorageEngine { get; init; } = DefaultStorageEngine;
    public IReadOnlyList<string> Directions { get; init; } = [];
    public int? TotalTrials { get; init; }
    public string Count { get; init; } = DefaultCount;
    public double? Target { get; init; }
    public int? Seed { get; init; }
    public string LogDirectory { get; init; } = DefaultLogDirectory;
    public double? TimeoutSeconds { get; init; }
    public int MaxRestarts { get; init; } = DefaultMaxRestarts;
    public string Halt { get; init; } = "never";
    public double GraceSeconds { get; init; } = DefaultGraceSeconds;
    public int HeartbeatSeconds { get; init; } = DefaultHeartbeatSeconds;
    public int RetryFailed { get; init; }
    public string? Gpus { get; init; }
    public bool Pin { get; init; }
    public int? Threads { get; init; }
    public bool IsResumed { get; init; }

    /// <summary>The run to go on with, or null.</summary>
    public string? Resumes { get; init; }

    public IReadOnlyList<int> FirstStarts { get; init; } = [];
    public bool DryRun { get; init; }
    public bool Json { get; init; }
    public bool Verbose { get; init; }
}
