using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>
/// Polls a study in Optuna's tables, without Python, and fails the trials whose workers died. A database, tables or a study
/// that do not exist (any more) are no error.
/// </summary>
internal sealed class StudyDatabase : IDisposable
{
    // Of hpo_glue.exhaustion; its value is the run.
    private const string ExhaustedKey = "hpo:exhausted";

    private readonly StudyTables _tables;
    private readonly string _study;
    private readonly Lock _lock = new();
    private readonly List<StoredTrial> _ended = [];
    private StudyFollower? _follower;
    private IReadOnlyList<StudyDirection> _directions = [];
    private StoredTrial? _best;
    private bool _wasPolled;
    private bool _isGone;

    // Whether the next read includes the trials that the study held before this run: those that had ended are not reported.
    private bool _hasHistory;

    private StudyDatabase(StudyTables tables, string study) => (_tables, _study) = (tables, study);

    /// <summary>The database of a storage, or null where the launcher cannot read its dialect.</summary>
    public static StudyDatabase? For(StorageUrl storage, string study) =>
        StudyTables.Of(storage) is { } tables ? new StudyDatabase(tables, study) : null;

    /// <summary>Polls how far the study is; null where it does not exist: not yet, or not any more.</summary>
    /// <exception cref="TableException">The database failed; the next poll finds what this one did not.</exception>
    public async Task<StudyProgress?> PollAsync(CancellationToken cancellationToken)
    {
        if (await RunAsync(Poll, null, cancellationToken) is not { } progress) return null;
        lock (_lock)
        {
            // Here and not in Poll, whose result is lost where the caller was cancelled meanwhile.
            progress = progress with { Trials = [.. _ended.Concat(_follower!.Running).Select(Owned).OfType<WorkerTrial>()] };
            _ended.Clear();
        }

        return progress;
    }

    /// <summary>The trials that run or wait.</summary>
    /// <exception cref="TableException">The database failed.</exception>
    public Task<List<OpenTrial>> ReadOpenAsync(CancellationToken cancellationToken) =>
        RunAsync(() => _tables.Use(session => OpenTrial.ReadAll(session, _study)), [], cancellationToken);

    /// <summary>The best trial by the last poll; null where none is complete, or with several objectives.</summary>
    /// <exception cref="TableException">The database failed.</exception>
    public Task<BestTrial?> ReadBestAsync(CancellationToken cancellationToken) => RunAsync(
        () => _best is { } best && _tables.Use(session => TrialReader.Find(session, best.Id)) is { } found
            ? new BestTrial(
                best.Header.Number ?? -1,
                best.Values[0],
                new TrialConverter(default).ToFrozen(found.Trial).Params.ToDictionary(pair => pair.Key, pair => Describe(pair.Value)))
            : null,
        null,
        cancellationToken);

    /// <summary>Whether a worker of a run found that the study's sampler has no further point to try.</summary>
    /// <exception cref="TableException">The database failed.</exception>
    public Task<bool> IsExhaustedAsync(string run, CancellationToken cancellationToken) => RunAsync(
        () => _tables.Use(session => StoredStudy.Read(session, _study))
            ?.SystemAttributes.Contains(KeyValuePair.Create(ExhaustedKey, PythonJson.Write(run))) is true,
        false,
        cancellationToken);

    /// <summary>The highest start of a worker that has a trial in one of these runs; null where it has none.</summary>
    /// <exception cref="TableException">The database failed.</exception>
    public Task<int?> LastStartAsync(IReadOnlyList<string> runs, int worker, CancellationToken cancellationToken) => RunAsync(
        () => _tables.Use(session => runs.SelectMany(run => TrialOwner.ReadAll(session, _study, run))
            .Where(owner => owner.Worker == worker).Max(owner => (int?)owner.Start)),
        null, cancellationToken);

    /// <inheritdoc cref="LostTrial.Fail"/>
    /// <param name="isLost">Whether a trial's worker is dead.</param>
    /// <param name="retries">How often a lost trial is retried, at least 0.</param>
    /// <param name="now">The time as the installed Optuna writes it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="TableException">The database failed, or was locked by others; nothing was changed.</exception>
    public Task<List<LostTrial>> FailLostAsync(
        Func<OpenTrial, bool> isLost, int retries, DateTime now, CancellationToken cancellationToken) => RunAsync(
        () => _tables.Use(session => LostTrial.Fail(session, _study, isLost, retries, now), isForWriting: true), [], cancellationToken);

    /// <summary>Whether another program works with this database at the moment, as far as this user can see.</summary>
    /// <exception cref="TableException">The database failed.</exception>
    public Task<bool> HasOtherClientsAsync(CancellationToken cancellationToken) =>
        RunAsync(_tables.HasOtherClients, false, cancellationToken);

    /// <summary>Holds no connection until the next call.</summary>
    public void CloseConnections() => _tables.CloseIdle();

    public void Dispose() => _tables.Dispose();

    private StudyProgress? Poll()
    {
        lock (_lock)
        {
            if (_follower is null) Find();
            if (_follower is null || _isGone) return null;
            if (_follower.Read(withRunning: true) is not { } changes)
            {
                // A new one of the same name is another study.
                _isGone = true;
                return null;
            }

            StoredTrial[] ended = [.. (changes.Trials ?? []).Where(trial => trial.State.IsFinished())];
            foreach (StoredTrial trial in ended) TakeBest(trial);
            if (!_hasHistory) _ended.AddRange(ended);
            _hasHistory = false;
            double? best = _best is { Values: [var value, ..] } && !double.IsNaN(value) ? value : null;
            return new StudyProgress(_directions, TrialCounts.Of(_follower.Count), best);
        }
    }

    private void Find()
    {
        StoredStudy? study = _tables.Use(session => StoredStudy.Read(session, _study));
        if (study is { Directions.Count: > 0 })
        {
            _directions = study.ToDirections();
            _follower = new StudyFollower(_tables, study.Id, _study, TrialParts.Values | TrialParts.OwnerAndConstraints);
            _hasHistory = !_wasPolled;
        }

        _wasPolled = true; // and not before: a poll that failed has not seen what the study held
    }

    private void TakeBest(StoredTrial trial)
    {
        if (_directions is not [var direction] || trial is not { State: TrialState.Complete, IsFeasible: true, Values: [var value, ..] }) return;
        if (_best is not { Values: [var best, ..] } || double.IsNaN(best) || (direction is StudyDirection.Maximize ? value > best : value < best)
            || (value.Equals(best) && trial.Header.Number < _best.Header.Number))
        {
            _best = trial;
        }
    }

    private static WorkerTrial? Owned(StoredTrial trial) => trial.Header.Number is { } number && TrialOwner.Of(trial) is { } owner
        ? new WorkerTrial(trial.Id, number, trial.State, owner, trial.Values is [var value, ..] ? value : null)
        : null;

    private static string Describe(object? value) => value switch
    {
        string text => text,
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        _ => PythonJson.Write(value),
    };

    private static async Task<T> RunAsync<T>(Func<T> call, T whenMissing, CancellationToken cancellationToken)
    {
        Task<T> running = Task.Run(call, cancellationToken);
        try
        {
            return await running.WaitAsync(cancellationToken);
        }
        catch (TableException error) when (error.IsMissing)
        {
            return whenMissing;
        }
    }
}
