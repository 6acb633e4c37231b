using System.Text.Json;
using System.Text.Json.Serialization;
using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Results;

/// <summary>What <c>run.json</c> and <c>--json</c> tell of a run. Secrets are masked.</summary>
internal sealed record RunRecord
{
    public string? Run { get; init; }

    /// <summary>"planned", "running", "finished" or "refused".</summary>
    public required string State { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>Why the run was stopped before its workers ended by themselves, or null.</summary>
    public string? StopReason { get; init; }

    public IReadOnlyList<string> Errors { get; init; } = [];
    public IReadOnlyList<string> Warnings { get; init; } = [];
    public int? LauncherProcessId { get; init; }
    public DateTimeOffset? Started { get; init; }
    public DateTimeOffset? Finished { get; init; }
    public string? Directory { get; init; }
    public PlanRecord? Plan { get; init; }
    public IReadOnlyList<WorkerRecord> Workers { get; init; } = [];
    public StudyRecord? Study { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, RunRecordJson.Default.RunRecord);
}

internal sealed record PlanRecord
{
    public required string Program { get; init; }
    public required IReadOnlyList<string> Arguments { get; init; }
    public string? Project { get; init; }
    public required int Workers { get; init; }
    public required string Study { get; init; }
    public required string Storage { get; init; }
    public required IReadOnlyList<string> Directions { get; init; }
    public int? TotalTrials { get; init; }
    public int? Seed { get; init; }
    public double? TimeoutSeconds { get; init; }
    public required int MaxRestarts { get; init; }
    public required string Halt { get; init; }
    public required double GraceSeconds { get; init; }

    public static PlanRecord Of(LaunchPlan plan) => new()
    {
        Program = plan.Worker.Program,
        Arguments = [.. plan.Worker.ArgumentsWith(plan.WorkerArguments).Select(StorageUrl.MaskAll)],
        Project = plan.Worker.Project,
        Workers = plan.Workers,
        Study = plan.StudyName,
        Storage = plan.Storage.Masked,
        Directions = plan.Directions,
        TotalTrials = plan.TotalTrials,
        Seed = plan.Seed,
        TimeoutSeconds = plan.Timeout?.TotalSeconds,
        MaxRestarts = plan.MaxRestarts,
        Halt = plan.Halt.ToString().ToLowerInvariant(),
        GraceSeconds = plan.Grace.TotalSeconds,
    };
}

internal sealed record WorkerRecord
{
    public required int Index { get; init; }
    public required string State { get; init; }
    public int? ExitCode { get; init; }
    public required int Restarts { get; init; }
    public required double DurationSeconds { get; init; }
    public required string Log { get; init; }
    public string? Problem { get; init; }

    public static WorkerRecord Of(WorkerStatus status, RunPaths paths) => new()
    {
        Index = status.Index,
        State = status.State.ToString().ToLowerInvariant(),
        ExitCode = status.ExitCode,
        Restarts = status.Restarts,
        DurationSeconds = Math.Round(status.Duration.TotalSeconds, 3),
        Log = paths.WorkerLog(status.Index),
        Problem = status.Problem,
    };
}

internal sealed record StudyRecord
{
    public required IReadOnlyList<string> Directions { get; init; }
    public required int Complete { get; init; }
    public required int Pruned { get; init; }
    public required int Failed { get; init; }
    public required int Running { get; init; }
    public required int Waiting { get; init; }
    public double? BestValue { get; init; }

    public static StudyRecord Of(StudySnapshot snapshot) => new()
    {
        Directions = snapshot.Directions,
        Complete = snapshot.Counts.Complete,
        Pruned = snapshot.Counts.Pruned,
        Failed = snapshot.Counts.Failed,
        Running = snapshot.Counts.Running,
        Waiting = snapshot.Counts.Waiting,
        BestValue = snapshot.BestValue,
    };
}

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(RunRecord))]
internal sealed partial class RunRecordJson : JsonSerializerContext;
