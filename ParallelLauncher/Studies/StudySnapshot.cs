namespace Hpo.ParallelLauncher.Studies;

/// <summary>A study at one moment.</summary>
/// <param name="Directions">"maximize" or "minimize" for each objective.</param>
/// <param name="Counts">Its trials by state.</param>
/// <param name="BestValue">The best value of a single-objective study that has a complete trial, else null.</param>
internal sealed record StudySnapshot(IReadOnlyList<string> Directions, TrialCounts Counts, double? BestValue);
