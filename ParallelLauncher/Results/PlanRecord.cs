using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Results;

/// <summary>The plan of a run, from which it can be resumed. Secrets are masked.</summary>
internal sealed record PlanRecord
{
    /// <summary>The worker's file.</summary>
    public required string Worker { get; init; }

    /// <summary>What is started: <see cref="Program"/> with <see cref="Arguments"/>.</summary>
    public required string Program { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The worker's own arguments.</summary>
    public required IReadOnlyList<string> WorkerArguments { get; init; }

    public string? Project { get; init; }
    public required string WorkingDirectory { get; init; }
    public required int Workers { get; init; }
    public required string Study { get; init; }
    public required string Storage { get; init; }
    public string StorageEngine { get; init; } = LaunchRequest.DefaultStorageEngine;
    public required IReadOnlyList<string> Directions { get; init; }
    public int? TotalTrials { get; init; }
    public required string Count { get; init; }
    public double? Target { get; init; }
    public int? Seed { get; init; }
    public double? TimeoutSeconds { get; init; }
    public required int MaxRestarts { get; init; }
    public required string Halt { get; init; }
    public required double GraceSeconds { get; init; }
    public required int HeartbeatSeconds { get; init; }
    public required int RetryFailed { get; init; }
    public string? Gpus { get; init; }
    public bool Pin { get; init; }
    public int? Threads { get; init; }
    public string? Resumes { get; init; }

    public static PlanRecord Of(LaunchPlan plan) => new()
    {
        Worker = plan.Worker.Origin,
        Program = plan.Worker.Program,
        Arguments = [.. plan.Worker.ArgumentsWith(plan.WorkerArguments).Select(StorageUrl.MaskAll)],
        WorkerArguments = [.. plan.WorkerArguments.Select(StorageUrl.MaskAll)],
        Project = plan.Worker.Project,
        WorkingDirectory = Directory.GetCurrentDirectory(),
        Workers = plan.Workers,
        Study = plan.StudyName,
        Storage = plan.Storage.Masked,
        StorageEngine = plan.StorageEngine.ToString().ToLowerInvariant(),
        Directions = plan.Directions,
        TotalTrials = plan.TotalTrials,
        Count = string.Join(',', plan.CountedStates).ToLowerInvariant(),
        Target = plan.Target,
        Seed = plan.Seed,
        TimeoutSeconds = plan.Timeout?.TotalSeconds,
        MaxRestarts = plan.MaxRestarts,
        Halt = plan.Halt.ToString().ToLowerInvariant(),
        GraceSeconds = plan.Grace.TotalSeconds,
        HeartbeatSeconds = (int)(plan.HeartbeatInterval?.TotalSeconds ?? 0),
        RetryFailed = plan.RetryFailed,
        Gpus = plan.Gpus.Count == 0 ? null : string.Join(',', plan.Gpus),
        Pin = plan.Cpus.Count > 0,
        Threads = plan.Threads,
        Resumes = plan.Resumes,
    };

    /// <summary>The request that this plan came from; its storage is null where the record does not hold its password.</summary>
    public LaunchRequest ToRequest() => new()
    {
        Worker = Worker,
        WorkerArguments = WorkerArguments,
        Workers = Workers,
        Study = Study,
        Storage = Storage.Contains("***", StringComparison.Ordinal) ? null : Storage,
        StorageEngine = StorageEngine,
        Directions = Directions,
        TotalTrials = TotalTrials,
        Count = Count,
        Target = Target,
        Seed = Seed,
        TimeoutSeconds = TimeoutSeconds,
        MaxRestarts = MaxRestarts,
        Halt = Halt,
        GraceSeconds = GraceSeconds,
        HeartbeatSeconds = HeartbeatSeconds,
        RetryFailed = RetryFailed,
        Gpus = Gpus,
        Pin = Pin,
        Threads = Threads,
    };
}
