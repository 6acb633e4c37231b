namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>Counts the steps of finished trials, for <see cref="PruningSaving"/>: one more trial costs the same in any study.</summary>
internal sealed class PruningCount
{
    // How many trials ran so many steps.
    private readonly Dictionary<int, int> _complete = [], _pruned = [];

    /// <summary>What was saved; null where no trial was pruned, or no complete one reported a value.</summary>
    public PruningSaving? Saving
    {
        get
        {
            int whole = _complete.Keys.DefaultIfEmpty(0).Max();
            if (_pruned.Count == 0 || whole == 0) return null;
            long complete = _complete.Sum(pair => (long)pair.Key * pair.Value);
            return new PruningSaving(
                _pruned.Values.Sum(),
                complete + _pruned.Sum(pair => (long)pair.Key * pair.Value),
                complete + _pruned.Sum(pair => (long)Math.Max(pair.Key, whole) * pair.Value));
        }
    }

    /// <summary>Counts a trial, which must not be counted yet.</summary>
    public void Add(FrozenTrial trial)
    {
        if ((trial.State switch { TrialState.Complete => _complete, TrialState.Pruned => _pruned, _ => null }) is not { } counts) return;
        int steps = trial.IntermediateValues.Count;
        counts[steps] = counts.GetValueOrDefault(steps) + 1;
    }
}
