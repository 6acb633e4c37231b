using System.Collections.Concurrent;
using System.Globalization;
using MySqlConnector;

namespace Hpo.Interop.Storages.MySql;

/// <summary>
/// The sessions of one storage: as many as calls are made at a time, kept open in between. One whose call failed is closed,
/// so that none with an open transaction is used again.
/// </summary>
internal sealed class MySqlConnections(MySqlConnectionSettings settings) : IDisposable
{
    private const int ImmediateRetries = 3;

    private readonly ConcurrentStack<MySqlSession> _idle = new();
    private volatile string? _preparation;
    private volatile bool _isClosed;

    public string Database => settings.Database;

    /// <summary>
    /// Has each session prepare the scripts, if the server is MariaDB: MySQL knows no blocks. Called once, when the tables are
    /// there and before the storage is used by several threads.
    /// </summary>
    public void Prepare(IEnumerable<TrialScript> scripts) => Use(session =>
    {
        if (!session.IsMariaDb) return false;
        _preparation = string.Join("; ", scripts.Select(script => script.Preparation));
        PrepareIn(session);
        return true;
    });

    /// <summary>Runs a call. One that the server rolled back for the sake of others is run again at once, a few times.</summary>
    /// <exception cref="StorageFault">The database failed.</exception>
    public T Use<T>(Func<MySqlSession, T> call)
    {
        for (int attempt = 0; ; attempt++)
        {
            MySqlSession? session = null;
            try
            {
                session = _idle.TryPop(out MySqlSession? idle) ? idle : Open();
                T result = call(session);
                Return(session);
                return result;
            }
            catch (Exception error) when (MySqlErrors.IsDatabaseError(error) || (session is { IsOpen: false } && error is not StorageFault))
            {
                bool isRolledBack = error is MySqlException server && MySqlErrors.IsRolledBack(server);
                if (isRolledBack && TryRollBack(session!)) Return(session!);
                else session?.Close();
                if (isRolledBack && attempt < ImmediateRetries) continue;
                throw Fault(error, isLost: session is { IsOpen: false });
            }
            catch
            {
                session?.Close();
                throw;
            }
        }
    }

    /// <summary>An error of the database as a fault of this storage.</summary>
    /// <param name="error">The error.</param>
    /// <param name="isLost">Whether the connection went with it: whatever the driver says then is a consequence.</param>
    /// <param name="pending">The key of a row that may be there although the answer was lost, or 0.</param>
    public StorageFault Fault(Exception error, bool isLost, long pending = 0) => new(
        error, MySqlErrors.Describe(error, settings.Url), MySqlErrors.IsTransient(error) || (isLost && error is not MySqlException { Number: > 0 }))
    { Pending = pending };

    public void Dispose()
    {
        _isClosed = true;
        while (_idle.TryPop(out MySqlSession? session)) session.Close();
    }

    private void Return(MySqlSession session)
    {
        _idle.Push(session);
        if (_isClosed) Dispose();
    }

    private static bool TryRollBack(MySqlSession session)
    {
        try
        {
            session.Execute("ROLLBACK");
            return true;
        }
        catch (Exception error) when (MySqlErrors.IsDatabaseError(error) || error is InvalidOperationException)
        {
            return false;
        }
    }

    private MySqlSession Open()
    {
        MySqlConnection connection = settings.Open();
        var session = new MySqlSession(connection, MySqlConnectionSettings.LeastPacketLimit);
        try
        {
            Dictionary<string, string> variables = session.Rows(
                row => KeyValuePair.Create(row.GetString(0), row.GetString(1)),
                "SHOW VARIABLES WHERE Variable_name IN ('log_bin', 'binlog_format', 'max_allowed_packet')").ToDictionary();
            // Each statement shall see what is committed by then, and lock no gaps. A server whose binary log holds
            // statements allows no such writes.
            bool logsStatements = variables.GetValueOrDefault("log_bin") == "ON"
                && variables.GetValueOrDefault("binlog_format") == "STATEMENT";
            if (!logsStatements) session.Execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
            session = new MySqlSession(connection, long.Parse(variables["max_allowed_packet"], CultureInfo.InvariantCulture));
            PrepareIn(session);
            return session;
        }
        catch
        {
            session.Close();
            throw;
        }
    }

    // A server that refuses, as when its sessions hold as many as it allows, is sent the texts.
    private void PrepareIn(MySqlSession session)
    {
        if (_preparation is not { } preparation) return;
        try
        {
            session.Execute(preparation);
            session.IsPrepared = true;
        }
        catch (MySqlException error) when (session.IsOpen && !MySqlErrors.IsTransient(error))
        {
            session.IsPrepared = false;
        }
        catch (StorageFault)
        {
            // They are larger than the packets that the server takes.
        }
    }
}
