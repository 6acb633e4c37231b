using System.Data.Common;
using Hpo.Interop.Storages;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>
/// A study in Optuna's tables, without Python: reads how far it is over one connection, which is opened again after it
/// failed, and fails trials whose workers died. Whatever the driver throws arrives as one exception that tells whether a
/// retry may help.
/// </summary>
internal abstract class StudyDatabase(string studyName) : IAsyncDisposable
{
    // Of hpo_glue.exhaustion; its value is the run.
    private const string ExhaustedKey = "hpo:exhausted";

    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly StudyReader _reader = new(studyName);
    private DbConnection? _connection;

    protected string StudyName => studyName;

    /// <summary>What a SELECT that locks its rows ends with.</summary>
    protected abstract string LockClause { get; }

    /// <summary>The seconds since the heartbeat <c>h.heartbeat</c>, in the database's own time.</summary>
    protected abstract string HeartbeatAge { get; }

    /// <summary>The key that the last INSERT made.</summary>
    protected abstract string LastKey { get; }

    /// <summary>The database of a storage, or null where the launcher can read none of its dialect.</summary>
    public static StudyDatabase? For(StorageUrl storage, string studyName) => storage.Dialect switch
    {
        StorageDialect.MySql => new MySqlStudyDatabase(storage, studyName),
        StorageDialect.Sqlite => new SqliteStudyDatabase(storage, studyName),
        _ => null,
    };

    /// <summary>The study's state, or null where it does not exist: not yet, or not any more.</summary>
    /// <exception cref="StudyDatabaseException">The database failed; the next call connects again.</exception>
    public Task<StudySnapshot?> ReadAsync(CancellationToken cancellationToken) =>
        UseAsync(connection => _reader.ReadAsync(connection, cancellationToken), null, cancellationToken);

    /// <summary>The trials that run or wait.</summary>
    /// <exception cref="StudyDatabaseException">The database failed.</exception>
    public Task<List<OpenTrial>> ReadOpenAsync(CancellationToken cancellationToken) => UseAsync(
        connection => StudyDetails.ReadOpenAsync(connection, null, studyName, HeartbeatAge, cancellationToken), [], cancellationToken);

    /// <summary>The best trial, or null where none is complete.</summary>
    /// <exception cref="StudyDatabaseException">The database failed.</exception>
    public Task<BestTrial?> ReadBestAsync(bool maximize, CancellationToken cancellationToken) => UseAsync(
        connection => StudyDetails.ReadBestAsync(connection, studyName, maximize, cancellationToken), null, cancellationToken);

    /// <summary>Whether a worker of a run found that the study's sampler has no further point to try.</summary>
    /// <exception cref="StudyDatabaseException">The database failed.</exception>
    public Task<bool> IsExhaustedAsync(string run, CancellationToken cancellationToken) => UseAsync(
        async connection => await connection.Command(
            null,
            "SELECT a.value_json FROM study_system_attributes a JOIN studies s ON s.study_id = a.study_id WHERE s.study_name = @study AND a.`key` = @key",
            ("@study", studyName), ("@key", ExhaustedKey)).ScalarAsync(cancellationToken) as string == $"\"{run}\"",
        false,
        cancellationToken);

    /// <summary>Fails the running trials that are lost, each in one step with its retry.</summary>
    /// <param name="isLost">Tells from its mark whether a trial's worker is dead.</param>
    /// <param name="retries">How often a lost trial's parameters are tried again, at least 0.</param>
    /// <param name="now">The time as the installed Optuna writes it.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing is changed then.</param>
    /// <exception cref="StudyDatabaseException">The database failed, or others were in the way; nothing was changed.</exception>
    public Task<IReadOnlyList<LostTrial>> FailLostAsync(
        Func<OpenTrial, bool> isLost, int retries, DateTime now, CancellationToken cancellationToken) => TranslateAsync(
        async () =>
        {
            await using DbConnection connection = await ConnectAsync(isForWriting: true, cancellationToken);
            var reaper = new TrialReaper(studyName, LockClause, HeartbeatAge, LastKey);
            return await reaper.FailLostAsync(connection, isLost, retries, now, cancellationToken);
        },
        []);

    /// <summary>Whether another program works with this database at the moment, as far as this user can see.</summary>
    /// <exception cref="StudyDatabaseException">The database failed.</exception>
    public abstract Task<bool> HasOtherClientsAsync(CancellationToken cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _oneAtATime.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<DbConnection> ConnectAsync(bool isForWriting, CancellationToken cancellationToken);

    /// <summary>Whether a connection is kept from one read to the next.</summary>
    protected virtual bool KeepsConnection => true;

    /// <summary>Whether an exception says that the database, or Optuna's tables in it, are not there.</summary>
    protected abstract bool IsMissing(Exception error);

    /// <summary>The exception as callers know it, or null where it is none of the database's.</summary>
    protected abstract StudyDatabaseException? Translate(Exception error);

    /// <summary>Reads over the connection; gives <paramref name="whenMissing"/> where there are no tables.</summary>
    protected Task<T> UseAsync<T>(Func<DbConnection, Task<T>> use, T whenMissing, CancellationToken cancellationToken) =>
        TranslateAsync(
            async () =>
            {
                await _oneAtATime.WaitAsync(cancellationToken);
                bool isDone = false;
                try
                {
                    _connection ??= await ConnectAsync(isForWriting: false, cancellationToken);
                    T result = await use(_connection);
                    isDone = true;
                    return result;
                }
                finally
                {
                    if (!isDone || !KeepsConnection) await CloseAsync();
                    _oneAtATime.Release();
                }
            },
            whenMissing);

    private async Task<T> TranslateAsync<T>(Func<Task<T>> act, T whenMissing)
    {
        try
        {
            return await act();
        }
        catch (Exception error) when (IsMissing(error))
        {
            return whenMissing;
        }
        catch (Exception error) when (Translate(error) is { } translated)
        {
            throw translated;
        }
    }

    private async Task CloseAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        _connection = null;
    }
}
