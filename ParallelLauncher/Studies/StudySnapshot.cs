namespace Hpo.ParallelLauncher.Studies;

/// <summary>A study at one moment.</summary>
/// <param name="Directions">"maximize" or "minimize" for each objective.</param>
/// <param name="Counts">Its trials by state.</param>
/// <param name="BestValue">The best value of a single-objective study that has a complete and feasible trial, else null.</param>
internal sealed record StudySnapshot(IReadOnlyList<string> Directions, TrialCounts Counts, double? BestValue)
{
    /// <summary>The marked trials that run, and those that ended since the last look.</summary>
    public IReadOnlyList<WorkerTrial> Trials { get; init; } = [];

    /// <summary>Whether the best value is as good as a target; never in a study of several objectives.</summary>
    public bool Reaches(double target) =>
        Directions.Count == 1 && BestValue is { } best && (Directions[0] == "maximize" ? best >= target : best <= target);
}
