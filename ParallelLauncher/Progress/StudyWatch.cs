using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;
using Microsoft.Extensions.Logging;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>
/// Polls the study while the workers run, at most once a second and less often where a poll is expensive: shows how far it is,
/// fails the trials of dead workers, and ends the run when the study has what was asked for, or cannot have it any more.
/// </summary>
internal sealed class StudyWatch : IWorkSource, IDisposable
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(10);

    // Polling takes at most a twentieth of the time, on studies of any size.
    private const double IntervalPerCost = 20;

    private readonly LaunchPlan _plan;
    private readonly StudyDatabase _database;
    private readonly ILaunchObserver _observer;
    private readonly StopController _stop;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LiveStarts _live;
    private readonly LostTrials _lost;
    private readonly TrialBudget? _budget;
    private readonly TrialRate _rate;
    private readonly Reachability _reachability;
    private readonly DatabaseRetry _retry;
    private readonly PlaceQueue _places = new();
    private readonly WorkerTally[] _tallies;
    private readonly CancellationTokenSource _done = new();
    private readonly SemaphoreSlim _onePollAtATime = new(1);
    private long _lastForeignTrial;
    private bool _isDeleted;

    public StudyWatch(
        LaunchPlan plan, StudyDatabase database, ILaunchObserver observer, StopController stop, TimeProvider time, ILogger logger)
    {
        _plan = plan;
        _database = database;
        _observer = observer;
        _stop = stop;
        _time = time;
        _logger = logger;
        _live = new LiveStarts(plan.Run);
        _lost = new LostTrials(database, _live, observer, plan, time);
        _budget = plan.TotalTrials is { } total
            ? new TrialBudget(total, plan.CountedStates, TrialBudget.DefaultPatience, time)
            : null;
        _rate = new TrialRate(time);
        _reachability = new Reachability(observer, time);
        _retry = new DatabaseRetry(_reachability, observer, time, logger);
        _tallies = [.. Enumerable.Range(0, plan.Workers).Select(_ => new WorkerTally())];
    }

    public CancellationToken Done => _done.Token;

    /// <summary>The last poll, or null; a study that was deleted has none.</summary>
    public RunProgress? Progress { get; private set; }

    /// <summary>Why the run cannot go on, for a person, or null: a lasting error of the database, or a study that is gone.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether the study has its budget of trials; null where it has none, or is not known.</summary>
    public bool? IsBudgetMet => _budget is null || Progress is null ? null : _budget.IsReached(Progress.Study.Counts);

    /// <summary>Before any worker runs: fails what earlier runs left, and polls.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        try
        {
            List<OpenTrial> open = await _retry.RunAsync(
                async () =>
                {
                    await _lost.FailMarkedAsync(cancellationToken);
                    if (_plan.IsResumed) await _lost.FailUnmarkedAsync(0, cancellationToken);
                    return await _database.ReadOpenAsync(cancellationToken);
                },
                cancellationToken);
            _lastForeignTrial = open.Count == 0 ? 0 : open.Max(trial => trial.Id);
            int unknown = open.Count(trial => trial is { IsRunning: true, Owner: null, SecondsSinceHeartbeat: null });
            if (unknown > 0)
            {
                _observer.OnNote(string.Create(CultureInfo.InvariantCulture,
                    $"{unknown} trials are RUNNING, and nothing tells whether their workers live. --resume fails them when nobody else uses the database."));
            }
        }
        catch (TableException error)
        {
            await FailAsync(Lasting(error));
            return;
        }

        await PollAsync(cancellationToken);
    }

    /// <summary>Polls until it is cancelled; after a transient error of the database the next poll tries again.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                long began = _time.GetTimestamp();
                await PollAsync(cancellationToken);
                TimeSpan cost = _time.GetElapsedTime(began) * IntervalPerCost;
                await Task.Delay(cost > ShortestInterval && _reachability.Answers.IsCompleted ? cost : ShortestInterval, _time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    /// <summary>After all workers have ended: fails what they left, and polls for the last time.</summary>
    public async Task<StudyEnd> EndAsync()
    {
        if (_isDeleted) return new StudyEnd(null);
        using var limit = new CancellationTokenSource(LastPatience, _time);
        try
        {
            return await _retry.RunAsync(
                async () =>
                {
                    await _lost.FailMarkedAsync(limit.Token);
                    await _lost.FailUnmarkedAsync(_lastForeignTrial, limit.Token);
                    await PollOnceAsync(limit.Token);
                    return new StudyEnd(await _database.ReadBestAsync(limit.Token));
                },
                limit.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or TableException)
        {
            string reason = error is TableException ? error.Message : "the database does not answer.";
            return new StudyEnd(null, $"Trials may be left RUNNING, which --resume fails: {reason}");
        }
    }

    /// <summary>Whether the workers ended because the sampler has no further point, before the budget was met.</summary>
    public async Task<bool> IsExhaustedAsync()
    {
        if (IsBudgetMet is not false) return false;
        using var limit = new CancellationTokenSource(LastPatience, _time);
        try
        {
            return await _database.IsExhaustedAsync(_plan.Run, limit.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or TableException)
        {
            _logger.LogDebug("whether the sampler has further points cannot be read: {Message}", error.Message);
            return false;
        }
    }

    public void Begin(int worker, int start)
    {
        _places.Enter(worker);
        _live.Add(worker, start);
    }

    public async Task EndAsync(int worker, int start, CancellationToken cancellationToken)
    {
        _live.Remove(worker, start);
        try
        {
            await _retry.RunAsync(() => _lost.FailMarkedAsync(cancellationToken), cancellationToken);
            await PollAsync(cancellationToken);
        }
        catch (TableException error)
        {
            await FailAsync(Lasting(error));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is stopping: its end fails what is left.
        }
    }

    public int FinishedBy(int worker)
    {
        lock (_tallies) return _tallies[worker].Finished;
    }

    public bool WasReachableSince(long timestamp) => _reachability.WasGivenSince(timestamp);

    public Task WaitUntilReachableAsync(CancellationToken cancellationToken) => _reachability.Answers.WaitAsync(cancellationToken);

    public async Task<bool> WaitForPlaceAsync(int worker, CancellationToken cancellationToken)
    {
        if (_budget is null) return false;
        Task<bool> place = _places.WaitAsync(worker, cancellationToken);
        await PollAsync(cancellationToken);
        return await place;
    }

    public void Leave(int worker) => _places.Leave(worker);

    public void Dispose()
    {
        _done.Dispose();
        _onePollAtATime.Dispose();
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PollOnceAsync(cancellationToken);
            // Only now: a poll that can read, but never fail a lost trial, has not succeeded.
            _reachability.OnAnswer();
        }
        catch (TableException error)
        {
            _logger.LogDebug("the poll failed: {Message}", error.Message);
            if (!error.IsTransient || _reachability.OnFailure(error)) await FailAsync(Lasting(error));
        }
    }

    private async Task PollOnceAsync(CancellationToken cancellationToken)
    {
        await _onePollAtATime.WaitAsync(cancellationToken);
        try
        {
            StudyProgress? study = await _database.PollAsync(cancellationToken);
            if (study is null)
            {
                if (Progress is not null) await OnDeletedAsync();
                return;
            }

            Take(study);
            if (study.Trials.Any(trial => trial.State is TrialState.Running && _live.IsDead(trial.Owner)))
            {
                await _lost.FailMarkedAsync(cancellationToken);
            }

            await DecideAsync(study, cancellationToken);
        }
        finally
        {
            _onePollAtATime.Release();
        }
    }

    private void Take(StudyProgress study)
    {
        int finished = study.Counts.In(_plan.CountedStates);
        double? rate = _rate.After(finished);
        WorkerTally[] tallies;
        lock (_tallies)
        {
            foreach (WorkerTrial trial in study.Trials.Where(IsOurs))
                _tallies[trial.Owner.Worker] = _tallies[trial.Owner.Worker].With(trial);
            tallies = [.. _tallies];
        }

        TimeSpan? left = rate is { } perMinute && _budget is not null
            ? TimeSpan.FromMinutes(Math.Max(0, _budget.Total - finished) / perMinute)
            : null;
        Progress = new RunProgress(study, tallies, finished, rate, left);
        _observer.OnProgress(Progress);

        bool IsOurs(WorkerTrial trial) => trial.Owner.Run == _plan.Run && trial.Owner.Worker < _tallies.Length;
    }

    private async Task DecideAsync(StudyProgress study, CancellationToken cancellationToken)
    {
        if (_plan.Target is { } target && study.Reaches(target))
        {
            await EndAsync(new StopReason(StopCause.TargetReached, string.Create(CultureInfo.InvariantCulture,
                $"the best value {study.BestValue:G6} reaches the target {target:G6}"), ExitCode: 0), stopNow: true);
        }
        else if (_budget is null)
        {
            return;
        }
        else if (_budget.IsReached(study.Counts))
        {
            await EndAsync(new StopReason(StopCause.BudgetReached, string.Create(CultureInfo.InvariantCulture,
                $"the study has its {_budget.Total} finished trials")), _budget.IsOverdue(study.Counts));
        }
        else if (_budget.HasPlace(study.Counts))
        {
            _places.Release(_budget.Total - _budget.Finished(study.Counts));
        }
        else if (_places.HasOnlyWaiting && !await MayOthersEndAsync(cancellationToken))
        {
            _places.Dismiss();
        }
    }

    private async Task EndAsync(StopReason reason, bool stopNow)
    {
        await _done.CancelAsync();
        _places.Dismiss();
        if (stopNow) _stop.Request(reason);
    }

    /// <summary>Whether the trials that hold the last places, none of this run's workers', may still end.</summary>
    private async Task<bool> MayOthersEndAsync(CancellationToken cancellationToken)
    {
        if (await _lost.FailUnmarkedAsync(0, cancellationToken) > 0) return false;
        return (await _database.ReadOpenAsync(cancellationToken)).Exists(trial =>
            trial.IsRunning && (trial.SecondsSinceHeartbeat is not null || trial.Owner is { } owner && ProcessIdentity.Of(owner).IsAlive() is true));
    }

    private Task OnDeletedAsync()
    {
        _isDeleted = true;
        Progress = null;
        return FailAsync($"the study '{_plan.StudyName}' was deleted while it ran");
    }

    // Its workers cannot do any better, and would be restarted for nothing.
    private Task FailAsync(string reason)
    {
        Failure ??= reason;
        return EndAsync(new StopReason(StopCause.StorageFailed, Failure, WorkerExitCode.Storage), stopNow: true);
    }

    private static string Lasting(TableException error) => error.IsTransient
        ? FormattableString.Invariant($"the database has failed for {Patience.Longest.TotalMinutes} minutes: {error.Message}")
        : error.Message;
}
