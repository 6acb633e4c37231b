using Hpo.ParallelLauncher.Studies;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>How far a run is.</summary>
/// <param name="Study">The study.</param>
/// <param name="Workers">What each worker has done, by index.</param>
/// <param name="Finished">How many trials count as finished.</param>
/// <param name="TrialsPerMinute">How many finish in a minute at present, or null where that is not known yet.</param>
/// <param name="Left">The time until the budget is met at this rate, or null.</param>
internal sealed record RunProgress(
    StudyProgress Study, IReadOnlyList<WorkerTally> Workers, int Finished, double? TrialsPerMinute, TimeSpan? Left);
