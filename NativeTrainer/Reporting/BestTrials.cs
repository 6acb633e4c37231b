using Hpo.Interop;

namespace Hpo.NativeTrainer.Reporting;

/// <summary>Which trials of a list are the best, without asking Optuna.</summary>
internal static class BestTrials
{
    private const string ConstraintsKey = "constraints";

    /// <summary>
    /// The first trial with the best value, or with several objectives the Pareto front: the complete trials that no other
    /// one beats. Trials that violate constraints count only where no other is complete.
    /// </summary>
    public static IReadOnlyList<FrozenTrial> Of(IReadOnlyList<FrozenTrial> trials, IReadOnlyList<StudyDirection> directions)
    {
        FrozenTrial[] complete = [.. trials.Where(trial =>
            trial.State == TrialState.Complete && trial.Values is { } values && !values.Any(double.IsNaN))];
        FrozenTrial[] feasible = [.. complete.Where(IsFeasible)];
        FrozenTrial[] candidates = feasible.Length > 0 ? feasible : complete;
        return directions.Count == 1
            ? [.. candidates.OrderBy(trial => Loss(trial, directions, 0)).Take(1)]
            : Front(candidates, directions);
    }

    /// <summary>Whether a trial keeps the constraints that its sampler was given.</summary>
    public static bool IsFeasible(FrozenTrial trial) =>
        trial.SystemAttrs.GetValueOrDefault(ConstraintsKey) is not IEnumerable<object?> constraints
        || constraints.All(constraint => constraint is not double violation || violation <= 0);

    // Sorted by the objectives, a trial can only be beaten by one before it.
    private static FrozenTrial[] Front(FrozenTrial[] trials, IReadOnlyList<StudyDirection> directions)
    {
        double[][] losses = [.. trials.Select(trial =>
            Enumerable.Range(0, directions.Count).Select(objective => Loss(trial, directions, objective)).ToArray())];
        int[] order = [.. Enumerable.Range(0, trials.Length)
            .OrderBy(index => losses[index], Comparer<double[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))];
        var front = new List<int>();
        foreach (int index in order)
        {
            if (!front.Any(other => Beats(losses[other], losses[index]))) front.Add(index);
        }
        front.Sort();
        return [.. front.Select(index => trials[index])];
    }

    private static bool Beats(double[] a, double[] b)
    {
        bool better = false;
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] > b[i]) return false;
            better |= a[i] < b[i];
        }
        return better;
    }

    private static double Loss(FrozenTrial trial, IReadOnlyList<StudyDirection> directions, int objective) =>
        directions[objective] == StudyDirection.Maximize ? -trial.Values![objective] : trial.Values![objective];
}
