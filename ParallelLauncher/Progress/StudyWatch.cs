using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;
using Microsoft.Extensions.Logging;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>
/// Polls the study while the workers run, at the plan's interval and less often where a poll is expensive: shows how far it is,
/// fails the trials of dead workers, and lets <see cref="RunEnd"/> decide whether the run ends.
/// </summary>
internal sealed class StudyWatch : IWorkSource, IDisposable
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(10);

    // Polling takes at most a twentieth of the time, on studies of any size.
    private const double IntervalPerCost = 20;

    private readonly LaunchPlan _plan;
    private readonly StudyDatabase _database;
    private readonly ILaunchObserver _observer;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly OwnStarts _starts;
    private readonly TrialReaper _reaper;
    private readonly RunEnd _end;
    private readonly TrialRate _rate;
    private readonly Reachability _reachability;
    private readonly DatabaseRetry _retry;
    private readonly WorkerTally[] _tallies;
    private readonly SemaphoreSlim _onePollAtATime = new(1);
    private long _lastForeignTrial;
    private bool _isDeleted;

    public StudyWatch(
        LaunchPlan plan, StudyDatabase database, ILaunchObserver observer, StopController stop, TimeProvider time, ILogger logger)
    {
        _plan = plan;
        _database = database;
        _observer = observer;
        _time = time;
        _logger = logger;
        _starts = new OwnStarts(plan.Run);
        _reaper = new TrialReaper(database, _starts, observer, plan, time);
        _end = new RunEnd(plan, database, _reaper, stop, time);
        _rate = new TrialRate(time);
        _reachability = new Reachability(observer, time);
        _retry = new DatabaseRetry(_reachability, observer, time, logger);
        _tallies = [.. Enumerable.Range(0, plan.Workers).Select(_ => new WorkerTally())];
    }

    public CancellationToken Done => _end.Done;

    /// <summary>The last poll, or null; a study that was deleted has none.</summary>
    public RunProgress? Progress { get; private set; }

    /// <inheritdoc cref="RunEnd.Failure"/>
    public string? Failure => _end.Failure;

    /// <summary>Whether the study has its budget of trials; null where it has none, or is not known.</summary>
    public bool? IsBudgetMet => Progress is null ? null : _end.Budget?.IsReached(Progress.Study.Counts);

    /// <summary>Before any worker runs: fails what earlier runs left, and polls.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        try
        {
            List<OpenTrial> open = await _retry.RunAsync(
                async () =>
                {
                    await _reaper.FailOwnedAsync(cancellationToken);
                    if (_plan.IsResumed) await _reaper.FailUnownedAsync(0, cancellationToken);
                    return await _database.ReadOpenAsync(cancellationToken);
                },
                cancellationToken);
            _lastForeignTrial = open.Count == 0 ? 0 : open.Max(trial => trial.Id);
            int unknown = open.Count(trial => trial is { IsRunning: true, Owner: null, SecondsSinceHeartbeat: null });
            if (unknown > 0)
            {
                _observer.OnNote(string.Create(CultureInfo.InvariantCulture,
                    $"{unknown} trials are RUNNING, and it is unknown whether their workers are alive. --resume fails them when nobody else uses the database."));
            }
        }
        catch (TableException error)
        {
            await _end.FailAsync(error);
            return;
        }

        await PollAsync(cancellationToken);
    }

    /// <summary>Polls until it is cancelled; after a transient error of the database the next poll is the retry.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                long began = _time.GetTimestamp();
                await PollAsync(cancellationToken);
                if (!_plan.KeepsConnections) _database.CloseConnections();
                TimeSpan cost = _time.GetElapsedTime(began) * IntervalPerCost;
                await Task.Delay(cost > _plan.PollInterval && _reachability.Answers.IsCompleted ? cost : _plan.PollInterval, _time, cancellationToken);
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
        using var limit = new CancellationTokenSource(EndTimeout, _time);
        try
        {
            return await _retry.RunAsync(
                async () =>
                {
                    await _reaper.FailOwnedAsync(limit.Token);
                    await _reaper.FailUnownedAsync(_lastForeignTrial, limit.Token);
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
        using var limit = new CancellationTokenSource(EndTimeout, _time);
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
        _end.Slots.Enter(worker);
        _starts.Begin(worker, start);
    }

    public async Task EndAsync(int worker, int start, CancellationToken cancellationToken)
    {
        _starts.End(worker, start);
        try
        {
            await _retry.RunAsync(() => _reaper.FailOwnedAsync(cancellationToken), cancellationToken);
            await PollAsync(cancellationToken);
        }
        catch (TableException error)
        {
            await _end.FailAsync(error);
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

    public async Task<bool> WaitForSlotAsync(int worker, CancellationToken cancellationToken)
    {
        if (_end.Budget is null) return false;
        Task<bool> slot = _end.Slots.WaitAsync(worker, cancellationToken);
        await PollAsync(cancellationToken);
        return await slot;
    }

    public void Leave(int worker) => _end.Slots.Leave(worker);

    public void Dispose()
    {
        _end.Dispose();
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
            if (!error.IsTransient || _reachability.OnFailure(error)) await _end.FailAsync(error);
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
            if (study.Trials.Any(trial => trial.State is TrialState.Running && _starts.IsDead(trial.Owner)))
            {
                await _reaper.FailOwnedAsync(cancellationToken);
            }

            await _end.DecideAsync(study, cancellationToken);
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

        TimeSpan? left = rate is { } perMinute && _end.Budget is { } budget
            ? TimeSpan.FromMinutes(Math.Max(0, budget.Total - finished) / perMinute)
            : null;
        Progress = new RunProgress(study, tallies, finished, rate, left);
        _observer.OnProgress(Progress);

        bool IsOurs(WorkerTrial trial) => trial.Owner.Run == _plan.Run && trial.Owner.Worker < _tallies.Length;
    }

    private Task OnDeletedAsync()
    {
        _isDeleted = true;
        Progress = null;
        return _end.FailAsync($"the study '{_plan.StudyName}' was deleted while it ran");
    }
}
