using System.Data.Common;
using Hpo.Interop.Storages;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>
/// A study in Optuna's tables, without Python: reads how far it is over one connection, which is opened again after it
/// failed, and fails trials whose workers died.
/// </summary>
internal abstract class StudyDatabase(string studyName) : IAsyncDisposable
{
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

    /// <summary>The study's state, or null while it does not exist.</summary>
    /// <exception cref="DbException">The database does not answer; the next call connects again.</exception>
    public Task<StudySnapshot?> ReadAsync(CancellationToken cancellationToken) =>
        UseAsync(connection => _reader.ReadAsync(connection, cancellationToken), cancellationToken);

    /// <summary>The trials that run or wait.</summary>
    /// <exception cref="DbException">The database does not answer.</exception>
    public Task<List<OpenTrial>> ReadOpenAsync(CancellationToken cancellationToken) =>
        UseAsync(connection => StudyDetails.ReadOpenAsync(connection, null, studyName, HeartbeatAge, cancellationToken), cancellationToken);

    /// <summary>The best trial, or null where none is complete.</summary>
    /// <exception cref="DbException">The database does not answer.</exception>
    public Task<BestTrial?> ReadBestAsync(bool maximize, CancellationToken cancellationToken) =>
        UseAsync(connection => StudyDetails.ReadBestAsync(connection, studyName, maximize, cancellationToken), cancellationToken);

    /// <summary>Fails the running trials that are lost, each in one step with its retry.</summary>
    /// <param name="isLost">Tells from its mark whether a trial's worker is dead.</param>
    /// <param name="retries">How often a lost trial's parameters are tried again, at least 0.</param>
    /// <param name="now">The time as the installed Optuna writes it.</param>
    /// <param name="cancellationToken">Ends the attempt; nothing is changed then.</param>
    /// <exception cref="DbException">The database does not answer, or others were in the way; nothing was changed.</exception>
    public async Task<IReadOnlyList<LostTrial>> FailLostAsync(
        Func<OpenTrial, bool> isLost, int retries, DateTime now, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await ConnectAsync(isForWriting: true, cancellationToken);
        var reaper = new TrialReaper(studyName, LockClause, HeartbeatAge, LastKey);
        return await reaper.FailLostAsync(connection, isLost, retries, now, cancellationToken);
    }

    /// <summary>Whether an error means that the server is away, and not that others are in the way.</summary>
    public abstract bool IsOutage(DbException error);

    /// <summary>Whether another program works with this database at the moment, as far as this user can see.</summary>
    public abstract Task<bool> HasOtherClientsAsync(CancellationToken cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _oneAtATime.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<DbConnection> ConnectAsync(bool isForWriting, CancellationToken cancellationToken);

    protected async Task<T> UseAsync<T>(Func<DbConnection, Task<T>> use, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            _connection ??= await ConnectAsync(isForWriting: false, cancellationToken);
            return await use(_connection);
        }
        catch
        {
            await CloseAsync();
            throw;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task CloseAsync()
    {
        if (_connection is not null) await _connection.DisposeAsync();
        _connection = null;
    }
}
