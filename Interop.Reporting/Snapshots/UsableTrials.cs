namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>
/// The complete trials that importances can be found from. Optuna compares parameters that every trial has, drawn from one range:
/// where they differ, those trials and parameters count that together hold the most values.
/// </summary>
/// <param name="Trials">They all have <paramref name="Parameters"/>, and finite values.</param>
/// <param name="Parameters">How many parameters count.</param>
/// <param name="LeftOut">The numbers of the other complete trials.</param>
internal sealed record UsableTrials(IReadOnlyList<FrozenTrial> Trials, int Parameters, IReadOnlyList<int> LeftOut)
{
    // With more kinds of trials than this, rare ones are not tried as the set.
    private const int MostCandidates = 200;

    /// <summary>The usable ones of some complete trials.</summary>
    public static UsableTrials Of(IReadOnlyList<FrozenTrial> complete)
    {
        FrozenTrial[] finite = [.. complete.Where(trial => trial.Values?.All(double.IsFinite) ?? false)];
        var ids = new Dictionary<(string, Distribution), int>();
        // A study has few kinds of trials, however many trials.
        List<(HashSet<int> Parameters, int Count)> kinds = [.. finite
            .GroupBy(trial => KindOf(trial, ids), HashSet<int>.CreateSetComparer())
            .Select(kind => (kind.Key, kind.Count()))
            .OrderByDescending(kind => kind.Item2)];

        int Covered(HashSet<int> candidate) => kinds.Where(kind => candidate.IsSubsetOf(kind.Parameters)).Sum(kind => kind.Count);
        var (best, trials) = Candidates(kinds)
            .Select(candidate => (Parameters: candidate, Trials: Covered(candidate)))
            .Where(candidate => candidate.Trials >= 2)
            .OrderByDescending(candidate => (long)candidate.Parameters.Count * candidate.Trials)
            .ThenByDescending(candidate => candidate.Trials)
            .FirstOrDefault();
        FrozenTrial[] used = trials == 0 ? [] : [.. finite.Where(trial => best.IsSubsetOf(KindOf(trial, ids)))];
        return new UsableTrials(used, best?.Count ?? 0, [.. complete.Except(used, ReferenceEqualityComparer.Instance).Cast<FrozenTrial>().Select(trial => trial.Number)]);
    }

    private static HashSet<int> KindOf(FrozenTrial trial, Dictionary<(string, Distribution), int> ids)
    {
        var kind = new HashSet<int>();
        foreach ((string name, Distribution distribution) in trial.Distributions)
        {
            if (!ids.TryGetValue((name, distribution), out int id)) ids[(name, distribution)] = id = ids.Count;
            kind.Add(id);
        }
        return kind;
    }

    // The parameters of each kind of trial, and the most frequent ones: all trials have the first of those at least.
    private static IEnumerable<HashSet<int>> Candidates(List<(HashSet<int> Parameters, int Count)> kinds)
    {
        int[] byFrequency = [.. kinds.SelectMany(kind => kind.Parameters.Select(parameter => (parameter, kind.Count)))
            .GroupBy(pair => pair.parameter)
            .OrderByDescending(parameter => parameter.Sum(pair => pair.Count))
            .Select(parameter => parameter.Key)];
        IEnumerable<HashSet<int>> frequent = Enumerable.Range(1, Math.Min(byFrequency.Length, MostCandidates)).Select(count => byFrequency.Take(count).ToHashSet());
        return kinds.Take(MostCandidates).Select(kind => kind.Parameters).Where(parameters => parameters.Count > 0).Concat(frequent);
    }
}
