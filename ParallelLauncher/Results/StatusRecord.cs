using System.Text.Json;
using Hpo.Interop.Launches;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Studies;

namespace Hpo.ParallelLauncher.Results;

/// <summary>A study as <c>status</c> finds it.</summary>
internal sealed record StudyStatus(
    string Name, StorageUrl Storage, StudyProgress Progress, IReadOnlyList<OpenTrial> Open, BestTrial? Best);

/// <summary>What <c>status --json</c> prints.</summary>
internal sealed record StatusRecord
{
    public string? Name { get; init; }

    /// <summary>The storage's URL, masked.</summary>
    public string? Storage { get; init; }

    public StudyRecord? Study { get; init; }
    public IReadOnlyList<RunningTrialRecord> RunningTrials { get; init; } = [];

    /// <summary>The runs of this folder, the newest first.</summary>
    public IReadOnlyList<RunRecord> Runs { get; init; } = [];

    public static StatusRecord Of(StudyStatus? status, IReadOnlyList<RunRecord> runs) => new()
    {
        Name = status?.Name,
        Storage = status?.Storage.Masked,
        Study = status is null ? null : StudyRecord.Of(status.Progress, status.Best),
        RunningTrials = [.. status?.Open.Where(trial => trial.IsRunning).Select(RunningTrialRecord.Of) ?? []],
        Runs = runs,
    };

    public string ToJson() => JsonSerializer.Serialize(this, RecordJson.Default.StatusRecord);
}

/// <summary>A trial that runs, and what is known of its worker.</summary>
internal sealed record RunningTrialRecord
{
    public required long Number { get; init; }
    public string? Run { get; init; }
    public int? Worker { get; init; }
    public string? Host { get; init; }
    public int? ProcessId { get; init; }

    /// <summary>Whether its process lives; null where this machine cannot know.</summary>
    public bool? IsAlive { get; init; }

    public double? SecondsSinceHeartbeat { get; init; }

    public static RunningTrialRecord Of(OpenTrial trial) => new()
    {
        Number = trial.Number,
        Run = trial.Owner?.Run,
        Worker = trial.Owner?.Worker,
        Host = trial.Owner?.Host,
        ProcessId = trial.Owner?.Pid,
        IsAlive = trial.Owner is { } owner ? ProcessIdentity.Of(owner).IsAlive() : null,
        SecondsSinceHeartbeat = trial.SecondsSinceHeartbeat,
    };
}
