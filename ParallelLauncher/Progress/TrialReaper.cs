using Hpo.Interop.Launches;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Studies;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>Finds trials whose workers are dead, and fails them.</summary>
internal sealed class TrialReaper(
    StudyDatabase database, OwnStarts starts, ILaunchObserver observer, LaunchPlan plan, TimeProvider time)
{
    // A worker's connection may stay open for a moment after its process has ended.
    private static readonly TimeSpan ConnectionTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Fails the trials whose owner is dead, and those whose heartbeat has stopped.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="TableException">The database failed.</exception>
    public Task<int> FailOwnedAsync(CancellationToken cancellationToken) =>
        FailAsync(trial => (trial.Owner is { } owner && starts.IsDead(owner)) || IsStale(trial), cancellationToken);

    /// <summary>Fails also the running trials without an owner and without heartbeats, if no other client is connected to the database.</summary>
    /// <param name="after">Only trials that are newer than this key.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How many such trials were left running.</returns>
    /// <exception cref="TableException">The database failed.</exception>
    public async Task<int> FailUnownedAsync(long after, CancellationToken cancellationToken)
    {
        int left = (await database.ReadOpenAsync(cancellationToken)).Count(IsUnowned);
        if (left == 0 || !await IsAloneAsync(cancellationToken)) return left;
        await FailAsync(IsUnowned, cancellationToken);
        return 0;

        bool IsUnowned(OpenTrial trial) =>
            trial is { IsRunning: true, Owner: null, SecondsSinceHeartbeat: null } && trial.Id > after;
    }

    // A process that is known to be alive is slow, not dead.
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
            if (time.GetElapsedTime(began) > ConnectionTimeout) return false;
            await Task.Delay(Pause, time, cancellationToken);
        }

        return true;
    }
}
