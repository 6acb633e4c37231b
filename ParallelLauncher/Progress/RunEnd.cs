using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>
/// Decides from each poll whether the run ends: the target or the budget is reached, no slot can become free any more, or the
/// study cannot be used. Until then it gives free slots to the workers that wait for one.
/// </summary>
internal sealed class RunEnd(LaunchPlan plan, StudyDatabase database, TrialReaper reaper, StopController stop, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _done = new();

    /// <summary>The budget, or null where the run has none.</summary>
    public TrialBudget? Budget { get; } = plan.TotalTrials is { } total
        ? new TrialBudget(total, plan.CountedStates, TrialBudget.DefaultGrace, time)
        : null;

    public SlotQueue Slots { get; } = new();

    /// <summary>Cancelled when no worker is to be started any more.</summary>
    public CancellationToken Done => _done.Token;

    /// <summary>Why the run cannot go on, for a person, or null: a lasting error of the database, or a study that is gone.</summary>
    public string? Failure { get; private set; }

    /// <summary>Decides from what a poll has found.</summary>
    /// <exception cref="TableException">The database failed.</exception>
    public async Task DecideAsync(StudyProgress study, CancellationToken cancellationToken)
    {
        if (plan.Target is { } target && study.Reaches(target))
        {
            await EndAsync(new StopReason(StopCause.TargetReached, string.Create(CultureInfo.InvariantCulture,
                $"the best value {study.BestValue:G6} reaches the target {target:G6}"), ExitCode: 0), stopNow: true);
        }
        else if (Budget is null)
        {
            return;
        }
        else if (Budget.IsReached(study.Counts))
        {
            await EndAsync(new StopReason(StopCause.BudgetReached, string.Create(CultureInfo.InvariantCulture,
                $"the study has its {Budget.Total} finished trials")), Budget.IsOverdue(study.Counts));
        }
        else if (Budget.HasSlot(study.Counts))
        {
            Slots.Release(Budget.Total - Budget.Finished(study.Counts));
        }
        else if (Slots.HasOnlyWaiting && !await MayOthersEndAsync(cancellationToken))
        {
            Slots.Dismiss();
        }
    }

    /// <summary>Ends the run after an error of the database that no retry helps against, or has helped against in time.</summary>
    public Task FailAsync(TableException error) => FailAsync(error.IsTransient
        ? FormattableString.Invariant($"the database has failed for {RetryLimit.Longest.TotalMinutes} minutes: {error.Message}")
        : error.Message);

    /// <summary>Ends the run because the study cannot be used: its workers would be restarted for nothing.</summary>
    public Task FailAsync(string reason)
    {
        Failure ??= reason;
        return EndAsync(new StopReason(StopCause.StorageFailed, Failure, WorkerExitCode.Storage), stopNow: true);
    }

    public void Dispose() => _done.Dispose();

    private async Task EndAsync(StopReason reason, bool stopNow)
    {
        await _done.CancelAsync();
        Slots.Dismiss();
        if (stopNow) stop.Request(reason);
    }

    // Whether the trials that hold the last slots, none of which belongs to a worker of this run, may still end.
    private async Task<bool> MayOthersEndAsync(CancellationToken cancellationToken)
    {
        if (await reaper.FailUnownedAsync(0, cancellationToken) > 0) return false;
        return (await database.ReadOpenAsync(cancellationToken)).Exists(trial =>
            trial.IsRunning && (trial.SecondsSinceHeartbeat is not null || trial.Owner is { } owner && ProcessIdentity.Of(owner).IsAlive() is true));
    }
}
