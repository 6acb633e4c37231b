using Hpo.Interop;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>Watches the budget of finished trials.</summary>
/// <param name="total">How many finished trials the study shall have.</param>
/// <param name="counted">The states that count as finished.</param>
/// <param name="grace">How long workers that count trials themselves have to end by themselves once it is reached.</param>
/// <param name="time">The clock.</param>
internal sealed class TrialBudget(int total, IReadOnlyList<TrialState> counted, TimeSpan grace, TimeProvider time)
{
    private long? _reachedAt;

    public static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(3);

    public int Total => total;

    public int Finished(TrialCounts counts) => counts.In(counted);

    public bool IsReached(TrialCounts counts) => Finished(counts) >= total;

    /// <summary>Whether another trial may begin: a running one holds its slot until it ends.</summary>
    public bool HasSlot(TrialCounts counts) => Finished(counts) + counts.Running < total;

    /// <summary>Whether the workers that still run have to be stopped.</summary>
    public bool IsOverdue(TrialCounts counts)
    {
        if (!IsReached(counts)) return false;
        _reachedAt ??= time.GetTimestamp();
        return time.GetElapsedTime(_reachedAt.Value) >= grace;
    }
}
