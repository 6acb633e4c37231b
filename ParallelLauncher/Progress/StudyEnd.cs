using Hpo.ParallelLauncher.Studies;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>What the last poll of a run has found.</summary>
/// <param name="Best">The best trial, or null.</param>
/// <param name="Problem">What could not be done at the end of the run, for a person, or null.</param>
internal sealed record StudyEnd(BestTrial? Best, string? Problem = null);
