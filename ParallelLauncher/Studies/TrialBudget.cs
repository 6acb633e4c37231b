namespace Hpo.ParallelLauncher.Studies;

/// <summary>Watches the budget of finished trials.</summary>
/// <param name="total">How many finished trials (complete or pruned) the study shall have.</param>
/// <param name="patience">How long workers that count for themselves have to end by themselves once it is reached.</param>
/// <param name="time">The clock.</param>
internal sealed class TrialBudget(int total, TimeSpan patience, TimeProvider time)
{
    private long? _reachedAt;

    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(3);

    public int Total => total;

    public bool IsReached(TrialCounts counts) => counts.Finished >= total;

    /// <summary>Whether the workers that still run have to be stopped.</summary>
    public bool IsOverdue(TrialCounts counts)
    {
        if (!IsReached(counts)) return false;
        _reachedAt ??= time.GetTimestamp();
        return time.GetElapsedTime(_reachedAt.Value) >= patience;
    }
}
