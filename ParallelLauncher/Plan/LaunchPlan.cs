using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Storages;

namespace Hpo.ParallelLauncher.Plan;

/// <summary>A validated launch: nothing in it can be wrong any more but the world outside.</summary>
internal sealed record LaunchPlan
{
    public required WorkerCommand Worker { get; init; }
    public required IReadOnlyList<string> WorkerArguments { get; init; }
    public required int Workers { get; init; }
    public required string StudyName { get; init; }
    public required StorageUrl Storage { get; init; }

    /// <summary>"maximize" or "minimize", one per objective; empty where the workers create the study.</summary>
    public required IReadOnlyList<string> Directions { get; init; }

    public int? TotalTrials { get; init; }
    public int? Seed { get; init; }
    public required string LogDirectory { get; init; }
    public TimeSpan? Timeout { get; init; }
    public required int MaxRestarts { get; init; }
    public required HaltPolicy Halt { get; init; }
    public required TimeSpan Grace { get; init; }
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The Python that the study was prepared with, so that no worker has to search for it; null until then.</summary>
    public string? Python { get; init; }

    /// <summary>The variables that one start of a worker gets on top of the launcher's own environment.</summary>
    public Dictionary<string, string> EnvironmentOf(int index, int restart)
    {
        var contract = new WorkerEnvironment
        {
            Storage = Storage.Original,
            StudyName = StudyName,
            Index = index,
            Count = Workers,
            Restart = restart,
            // A restarted worker would sample the same points again, so every start of the run has a seed of its own.
            Seed = Seed is { } seed ? unchecked((int)((seed + (long)index + (long)restart * Workers) & int.MaxValue)) : null,
            TotalTrials = TotalTrials,
        };
        var variables = new Dictionary<string, string>(contract.ToVariables());
        AddWhereUnset(variables, "OMP_NUM_THREADS",
            Math.Max(1, Environment.ProcessorCount / Workers).ToString(CultureInfo.InvariantCulture));
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
