using Hpo.Interop;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>How many trials of a study are in each of Optuna's states.</summary>
internal sealed record TrialCounts(int Complete, int Pruned, int Failed, int Running, int Waiting)
{
    /// <param name="count">Counts the trials of a state.</param>
    public static TrialCounts Of(Func<TrialState, int> count) => new(
        count(TrialState.Complete), count(TrialState.Pruned), count(TrialState.Fail), count(TrialState.Running), count(TrialState.Waiting));

    /// <summary>How many trials are in one of some finished states.</summary>
    public int In(IReadOnlyList<TrialState> states) => states.Distinct().Sum(state => state switch
    {
        TrialState.Complete => Complete,
        TrialState.Pruned => Pruned,
        TrialState.Fail => Failed,
        _ => 0,
    });
}
