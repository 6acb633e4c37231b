using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Storages;

namespace Hpo.ParallelLauncher.Plan;

/// <summary>A validated launch: nothing in it can be wrong any more but the world outside.</summary>
internal sealed record LaunchPlan
{
    /// <summary>What was asked for.</summary>
    public LaunchRequest Request { get; init; } = new();

    public required WorkerCommand Worker { get; init; }
    public required IReadOnlyList<string> WorkerArguments { get; init; }
    public required int Workers { get; init; }
    public required string StudyName { get; init; }
    public required StorageUrl Storage { get; init; }

    /// <summary>Whose code the workers are asked to work on the storage with.</summary>
    public StorageEngine StorageEngine { get; init; }

    /// <summary>"maximize" or "minimize", one per objective; empty where the workers create the study.</summary>
    public required IReadOnlyList<string> Directions { get; init; }

    public int? TotalTrials { get; init; }

    /// <summary>The states that count towards <see cref="TotalTrials"/>.</summary>
    public IReadOnlyList<TrialState> CountedStates { get; init; } = [TrialState.Complete, TrialState.Pruned];

    /// <summary>The value at which the run ends, or null.</summary>
    public double? Target { get; init; }

    public int? Seed { get; init; }
    public required string LogDirectory { get; init; }
    public TimeSpan? Timeout { get; init; }
    public required int MaxRestarts { get; init; }
    public required HaltPolicy Halt { get; init; }
    public required TimeSpan Grace { get; init; }

    /// <summary>How often a running trial sends a heartbeat, or null for never.</summary>
    public TimeSpan? HeartbeatInterval { get; init; }

    /// <summary>After how long without one a trial is failed, or null for never.</summary>
    public TimeSpan? HeartbeatGrace { get; init; }

    /// <summary>How often a trial that lost its worker is retried.</summary>
    public int RetryFailed { get; init; }

    /// <summary>The GPUs that the workers get in turn, one each; empty for all that there are.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];

    /// <summary>The CPUs that are divided among the workers, each of which is bound to its own; empty for no binding.</summary>
    public IReadOnlyList<int> Cpus { get; init; } = [];

    /// <summary>The threads of each worker, or null for its share of the cores.</summary>
    public int? Threads { get; init; }

    /// <summary>The cores that each worker has for itself, or null where the workers share those of this machine.</summary>
    public int? CoresPerWorker { get; init; }

    /// <summary>How often the study is polled at most.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a connection to the database is held between polls; the many agents of a cluster do not.</summary>
    public bool KeepsConnections { get; init; } = true;

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether an earlier run is resumed, and what it left is to be cleared away.</summary>
    public bool IsResumed { get; init; }

    /// <summary>The number of each worker's first start, by index; beyond, and by default, 0.</summary>
    public IReadOnlyList<int> FirstStarts { get; init; } = [];

    /// <summary>The run's name, empty until its folder is made.</summary>
    public string Run { get; init; } = "";

    /// <summary>The Python that the study was prepared with, so that no worker has to search for it; null until then.</summary>
    public string? Python { get; init; }

    /// <summary>Whether the installed Optuna writes times in UTC.</summary>
    public bool OptunaWritesUtc { get; init; }

    public int FirstStart(int index) => index < FirstStarts.Count ? FirstStarts[index] : 0;

    /// <summary>The CPUs that a worker is bound to, as taskset lists them, or null.</summary>
    public string? CpusOf(int index) => Cpus.Count == 0 ? null : Cores.CpuList(Cpus, Workers, index);

    /// <summary>The variables that one start of a worker gets on top of the launcher's own environment.</summary>
    public Dictionary<string, string> EnvironmentOf(int index, int start)
    {
        var contract = new WorkerEnvironment
        {
            Storage = Storage.Original,
            StorageEngine = StorageEngine,
            StudyName = StudyName,
            Index = index,
            Count = Workers,
            Restart = start,
            // A restarted worker would sample the same points again, so every start of the run has a seed of its own.
            Seed = Seed is { } seed ? unchecked((int)((seed + (long)index + (long)start * Workers) & int.MaxValue)) : null,
            TotalTrials = TotalTrials,
            CountedStates = TotalTrials is null ? [] : CountedStates,
            Run = Run.Length == 0 ? null : Run,
            HeartbeatInterval = HeartbeatInterval,
            HeartbeatGrace = HeartbeatGrace,
            RetryFailed = HeartbeatInterval is null ? 0 : RetryFailed,
        };
        var variables = new Dictionary<string, string>(contract.ToVariables());
        // OpenMP, and so PyTorch, TorchSharp, OpenBLAS and MKL.
        if (Threads is { } threads) variables.Add("OMP_NUM_THREADS", threads.ToString(CultureInfo.InvariantCulture));
        else
        {
            AddWhereUnset(variables, "OMP_NUM_THREADS",
                (CoresPerWorker ?? Cores.Threads(Environment.ProcessorCount, Workers, index)).ToString(CultureInfo.InvariantCulture));
        }

        if (Gpus.Count > 0) variables.Add("CUDA_VISIBLE_DEVICES", Gpus[index % Gpus.Count]);
        // A Python worker's lines would otherwise arrive in blocks, through the pipe's buffer.
        AddWhereUnset(variables, "PYTHONUNBUFFERED", "1");
        if (Python is not null) AddWhereUnset(variables, PythonLocator.Variable, Python);
        return variables;
    }

    private static void AddWhereUnset(Dictionary<string, string> variables, string name, string value)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))) variables.Add(name, value);
    }
}
