using System.Text.Json.Serialization;
using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Results;

/// <summary>The plan of a run: what was asked for, validated, and what is started for it. Secrets are masked.</summary>
internal sealed record PlanRecord : LaunchRequest
{
    [JsonConstructor]
    public PlanRecord()
    {
    }

    private PlanRecord(LaunchRequest request)
        : base(request)
    {
    }

    /// <summary>What is started: the program with <see cref="Arguments"/>.</summary>
    public string Program { get; init; } = "";

    public IReadOnlyList<string> Arguments { get; init; } = [];
    public string? Project { get; init; }
    public string WorkingDirectory { get; init; } = "";

    public static PlanRecord Of(LaunchPlan plan) => new(plan.Request)
    {
        Worker = plan.Worker.Origin,
        Program = plan.Worker.Program,
        Arguments = [.. plan.Worker.ArgumentsWith(plan.WorkerArguments).Select(StorageUrl.MaskAll)],
        WorkerArguments = [.. plan.WorkerArguments.Select(StorageUrl.MaskAll)],
        Project = plan.Worker.Project,
        WorkingDirectory = Directory.GetCurrentDirectory(),
        Study = plan.StudyName,
        Storage = plan.Storage.Masked,
        StorageEngine = plan.StorageEngine.ToString().ToLowerInvariant(),
        Directions = plan.Directions,
        Count = string.Join(',', plan.CountedStates).ToLowerInvariant(),
        Halt = plan.Halt.ToString().ToLowerInvariant(),
        Gpus = plan.Gpus.Count == 0 ? null : string.Join(',', plan.Gpus),
    };

    /// <summary>The request that this plan came from; its storage is null where the record does not hold its password.</summary>
    public LaunchRequest ToRequest() => this with { Storage = Storage?.Contains("***", StringComparison.Ordinal) is true ? null : Storage };
}
