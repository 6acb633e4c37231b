namespace Hpo.ParallelLauncher.Studies;

/// <summary>How many trials of a study are in each of Optuna's states.</summary>
internal sealed record TrialCounts(int Complete, int Pruned, int Failed, int Running, int Waiting)
{
    /// <summary>What counts towards a budget: trials that ran to an end.</summary>
    public int Finished => Complete + Pruned;
}
