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

    public static StudyRecord Of(StudySnapshot snapshot, BestTrial? best = null) => new()
    {
        Directions = snapshot.Directions,
        Complete = snapshot.Counts.Complete,
        Pruned = snapshot.Counts.Pruned,
        Failed = snapshot.Counts.Failed,
        Running = snapshot.Counts.Running,
        Waiting = snapshot.Counts.Waiting,
        BestValue = snapshot.BestValue,
        BestTrial = best?.Number,
        BestParameters = best?.Parameters,
    };
}
