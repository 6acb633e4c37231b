namespace Hpo.Interop;

/// <summary>
/// Which trials of a list are the best: the rule of Optuna 5, whatever version is installed. <see cref="Study.BestTrial"/>
/// and <see cref="Study.BestTrials"/> are the installed Optuna's own answers, and before 4.0 it ignores constraints.
/// </summary>
public static class BestTrials
{
    /// <summary>
    /// With one objective the first trial that has the best value, with several the Pareto front, by number. Only trials that
    /// are complete and <see cref="FrozenTrial.IsFeasible"/> count: where none is, there is no best one.
    /// </summary>
    /// <param name="trials">The trials, by number.</param>
    /// <param name="directions">What is better, for each objective.</param>
    public static IReadOnlyList<FrozenTrial> Of(IReadOnlyList<FrozenTrial> trials, IReadOnlyList<StudyDirection> directions)
    {
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(directions);
        FrozenTrial[] candidates = [.. trials.Where(trial =>
            trial is { State: TrialState.Complete, IsFeasible: true, Values: { } values }
            && values.Count == directions.Count && !values.Any(double.IsNaN))];
        return directions.Count == 1
            ? [.. candidates.OrderBy(trial => Loss(trial, directions, 0)).Take(1)]
            : Front(candidates, directions);
    }

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
