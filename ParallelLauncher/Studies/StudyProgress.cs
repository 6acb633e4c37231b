using Hpo.Interop;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>How far a study is.</summary>
/// <param name="Directions">What is better, for each objective.</param>
/// <param name="Counts">Its trials by state.</param>
/// <param name="BestValue">The best value of a single-objective study that has a complete and feasible trial, else null.</param>
internal sealed record StudyProgress(IReadOnlyList<StudyDirection> Directions, TrialCounts Counts, double? BestValue)
{
    /// <summary>The owned trials that run, and those that ended since the last poll.</summary>
    public IReadOnlyList<WorkerTrial> Trials { get; init; } = [];

    /// <summary>Whether the best value is as good as a target; never in a study of several objectives.</summary>
    public bool Reaches(double target) => Directions is [var direction] && BestValue is { } best
        && (direction is StudyDirection.Maximize ? best >= target : best <= target);
}
