using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>Finds trials whose workers are dead, and fails them.</summary>
internal sealed class LostTrials(
    StudyDatabase database, LiveStarts live, ILaunchObserver observer, LaunchPlan plan, TimeProvider time)
{
    // A worker's connection may stand for a moment after its death.
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Fails the marked trials of dead workers, and those whose heartbeat has stopped.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="TableException">The database failed.</exception>
    public Task<int> FailMarkedAsync(CancellationToken cancellationToken) =>
        FailAsync(trial => (trial.Owner is { } owner && live.IsDead(owner)) || IsStale(trial), cancellationToken);

    /// <summary>Fails also the trials that no mark and no heartbeat speaks for, where nobody else works with the database.</summary>
    /// <param name="after">Only trials that are newer than this key.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How many trials nothing is known of, and that were left.</returns>
    /// <exception cref="TableException">The database failed.</exception>
    public async Task<int> FailUnmarkedAsync(long after, CancellationToken cancellationToken)
    {
        int left = (await database.ReadOpenAsync(cancellationToken)).Count(IsUnknown);
        if (left == 0 || !await IsAloneAsync(cancellationToken)) return left;
        await FailAsync(IsUnknown, cancellationToken);
        return 0;

        bool IsUnknown(OpenTrial trial) =>
            trial is { IsRunning: true, Owner: null, SecondsSinceHeartbeat: null } && trial.Id > after;
    }

    // A process that is seen to live is slow, and not dead.
    private bool IsStale(OpenTrial trial) =>
        trial.IsRunning && plan.HeartbeatGrace is { } grace && trial.SecondsSinceHeartbeat > grace.TotalSeconds
        && (trial.Owner is not { } owner || ProcessIdentity.Of(owner).IsAlive() is not true);

    private async Task<int> FailAsync(Func<OpenTrial, bool> isLost, CancellationToken cancellationToken)
    {
        DateTime now = new TableTimes(plan.OptunaWritesUtc).Now(time);
        IReadOnlyList<LostTrial> failed = await database.FailLostAsync(isLost, plan.RetryFailed, now, cancellationToken);
        foreach (LostTrial trial in failed) observer.OnLost(trial);
        return failed.Count;
    }

    private async Task<bool> IsAloneAsync(CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        while (await database.HasOtherClientsAsync(cancellationToken))
        {
            if (time.GetElapsedTime(began) > LongestGoodbye) return false;
            await Task.Delay(Pause, time, cancellationToken);
        }

        return true;
    }
}
