using System.Collections.Concurrent;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables.MySql;
using Hpo.Interop.Tables.Sqlite;

namespace Hpo.Interop.Tables;

/// <summary>
/// Optuna's tables in one database, without Python: its sessions, and what its driver's errors mean. There are as many
/// sessions as calls at a time, but for heartbeats; one whose call failed is closed, so that none with an open transaction is reused. Safe on
/// any thread.
/// </summary>
internal abstract class StudyTables(StorageUrl url) : IDisposable
{
    // At once: the server has rolled the call back because of other transactions, which are done by then.
    private const int ImmediateRetries = 3;

    // A heartbeat and a call of its trial often come at the same moment. Either would open a connection more, which takes longer
    // than the other one's call, and is kept. It takes as long as this only where that waits for a lock of the database.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>What <see cref="Of"/> knows, for messages.</summary>
    public const string Known = "MySQL, MariaDB and SQLite files";

    // By SQLAlchemy's name of the dialect.
    private static readonly Dictionary<string, Func<StorageUrl, StudyTables?>> Databases = new()
    {
        ["mysql"] = MySqlTables.Of,
        ["sqlite"] = SqliteTables.Of,
    };

    private readonly ConcurrentStack<TableSession> _idle = new();
    private int _calls, _heartbeats;
    private volatile bool _isDisposed;

    public StorageUrl Url => url;

    /// <summary>The tables of a storage; null where only Optuna itself reads them. Nothing is connected yet.</summary>
    public static StudyTables? Of(StorageUrl url) => Databases.GetValueOrDefault(url.DialectName)?.Invoke(url);

    /// <summary>How a study's newest trials are found.</summary>
    public virtual TrialScan Scan => TrialScan.Select;

    /// <summary>Creates the database where it is missing, if that is not left to Optuna.</summary>
    /// <param name="connections">How many will be needed.</param>
    /// <returns>Why it has too few of them left, and the remedy; or null.</returns>
    /// <exception cref="TableException">The database failed.</exception>
    public virtual string? EnsureDatabase(int connections) => null;

    /// <summary>What can be said of the database without changing it.</summary>
    /// <exception cref="TableException">It cannot be used.</exception>
    public abstract string Describe();

    /// <summary>Whether another program works with this database at the moment, as far as this user can see.</summary>
    /// <exception cref="TableException">The database failed.</exception>
    public abstract bool HasOtherClients();

    /// <summary>Runs a call. One that the server rolled back because of other transactions is retried at once, a few times.</summary>
    /// <param name="call">What is to be done; it must be idempotent.</param>
    /// <param name="isForWriting">Whether it changes anything.</param>
    /// <param name="isHeartbeat">Whether it is a heartbeat, which is in no hurry: it leaves sessions to others.</param>
    /// <exception cref="TableException">The database failed.</exception>
    public T Use<T>(Func<TableSession, T> call, bool isForWriting = false, bool isHeartbeat = false)
    {
        Interlocked.Increment(ref _calls);
        if (isHeartbeat) Interlocked.Increment(ref _heartbeats);
        try
        {
            return Call(call, isForWriting, isHeartbeat);
        }
        finally
        {
            if (isHeartbeat) Interlocked.Decrement(ref _heartbeats);
            Interlocked.Decrement(ref _calls);
        }
    }

    private T Call<T>(Func<TableSession, T> call, bool isForWriting, bool isHeartbeat)
    {
        for (int attempt = 0; ; attempt++)
        {
            TableSession? session = null;
            try
            {
                session = WaitForIdle(isHeartbeat) ?? Open(isForWriting);
                T result = call(session);
                Return(session);
                return result;
            }
            catch (Exception error) when (IsDatabaseError(error) || (session is { IsOpen: false } && error is not TableException))
            {
                bool isRolledBack = IsRolledBack(error);
                if (isRolledBack && TryRollBack(session!)) Return(session!);
                else session?.Close();
                if (isRolledBack && attempt < ImmediateRetries) continue;
                throw Failure(error, isLost: session is { IsOpen: false });
            }
            catch
            {
                session?.Close();
                throw;
            }
        }
    }

    /// <summary>An error of the database as callers know it.</summary>
    /// <param name="error">What the driver threw.</param>
    /// <param name="isLost">Whether the connection went with it: whatever the driver says then is a consequence.</param>
    /// <param name="pending">The key of a row that may be there although the answer was lost, or 0.</param>
    public abstract TableException Failure(Exception error, bool isLost, long pending = 0);

    /// <summary>Closes the sessions that nobody uses at the moment; the next call opens one.</summary>
    public void CloseIdle()
    {
        while (_idle.TryPop(out TableSession? session)) session.Close();
    }

    /// <summary>Closes the sessions; those in use are closed when their calls end.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        CloseIdle();
    }

    /// <summary>Whether an exception says that the database, or the connection to it, failed.</summary>
    public abstract bool IsDatabaseError(Exception error);

    /// <summary>Whether the database rolled the whole transaction back, so that the call can be retried at once.</summary>
    protected abstract bool IsRolledBack(Exception error);

    /// <summary>Whether a session is kept open from one call to the next.</summary>
    protected virtual bool KeepsSessions => true;

    protected abstract TableSession Open(bool isForWriting);

    private TableSession? WaitForIdle(bool isHeartbeat)
    {
        if (_idle.TryPop(out TableSession? session)) return session;
        bool isWorthIt = isHeartbeat ? Volatile.Read(ref _calls) > 1 : Volatile.Read(ref _heartbeats) > 0;
        if (isWorthIt) SpinWait.SpinUntil(() => _idle.TryPop(out session), LongestWait);
        return session;
    }

    private void Return(TableSession session)
    {
        if (KeepsSessions) _idle.Push(session);
        else session.Close();
        if (_isDisposed) Dispose();
    }

    private bool TryRollBack(TableSession session)
    {
        try
        {
            session.Execute("ROLLBACK");
            return true;
        }
        catch (Exception error) when (IsDatabaseError(error) || error is InvalidOperationException)
        {
            return false;
        }
    }
}
