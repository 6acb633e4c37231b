using Hpo.Interop;
using Hpo.ParallelLauncher.Studies;

namespace Hpo.ParallelLauncher.Results;

/// <summary>How far a study is.</summary>
internal sealed record StudyRecord
{
    public required IReadOnlyList<string> Directions { get; init; }
    public required int Complete { get; init; }
    public required int Pruned { get; init; }
    public required int Failed { get; init; }
    public required int Running { get; init; }
    public required int Waiting { get; init; }
    public double? BestValue { get; init; }

    /// <summary>The best trial's number, or null.</summary>
    public long? BestTrial { get; init; }

    /// <summary>The best trial's parameters, in words.</summary>
    public IReadOnlyDictionary<string, string>? BestParameters { get; init; }

    public static StudyRecord Of(StudyProgress progress, BestTrial? best = null) => new()
    {
        Directions = [.. progress.Directions.Select(direction => direction.Name())],
        Complete = progress.Counts.Complete,
        Pruned = progress.Counts.Pruned,
        Failed = progress.Counts.Failed,
        Running = progress.Counts.Running,
        Waiting = progress.Counts.Waiting,
        BestValue = progress.BestValue,
        BestTrial = best?.Number,
        BestParameters = best?.Parameters,
    };
}
