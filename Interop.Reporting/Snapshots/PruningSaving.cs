
namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>The work that pruning saved, counted in reported steps (epochs, or folds).</summary>
/// <param name="PrunedTrials">The trials that were pruned.</param>
/// <param name="Steps">The steps that complete and pruned trials ran.</param>
/// <param name="StepsWithoutPruning">The steps that they would have run, had each pruned one gone on as long as the longest
/// complete one.</param>
internal sealed record PruningSaving(int PrunedTrials, long Steps, long StepsWithoutPruning)
{
    /// <summary>The share of the steps, in [0, 1), that was saved.</summary>
    public double SavedShare => 1 - (double)Steps / StepsWithoutPruning;

    /// <summary>The saving of some trials; null where none was pruned, or no complete one reported a value.</summary>
    public static PruningSaving? Of(IEnumerable<FrozenTrial> trials)
    {
        var count = new PruningCount();
        foreach (FrozenTrial trial in trials) count.Add(trial);
        return count.Saving;
    }
}
