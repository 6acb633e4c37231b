using System.Collections.Concurrent;
using MySqlConnector;

namespace Hpo.Interop.Storages.MySql;

/// <summary>
/// The connections of one storage: as many as calls are made at a time, kept open in between. A call's transaction is
/// rolled back when it fails.
/// </summary>
internal sealed class MySqlConnections(MySqlConnectionSettings settings) : IDisposable
{
    private const int ImmediateRetries = 3;

    private readonly ConcurrentStack<MySqlConnection> _idle = new();
    private string? _sessionSetup;
    private volatile string? _preparation;
    private volatile bool _isClosed;

    public string Database => settings.Database;

    /// <summary>Whether every session that is open has prepared the scripts. To be asked where one is in use.</summary>
    public bool IsPrepared => _preparation is not null;

    /// <summary>
    /// Has each session prepare the scripts, if the server is MariaDB: MySQL knows no blocks. Called once, when the tables are
    /// there and before the storage is used by several threads.
    /// </summary>
    public void Prepare(IEnumerable<TrialScript> scripts) => Use(connection =>
    {
        if (!connection.ServerVersion.Contains("MariaDB", StringComparison.Ordinal)) return false;
        _preparation = string.Join("; ", scripts.Select(script => script.Preparation));
        PrepareIn(connection);
        return true;
    });


    /// <summary>Runs a call. One that the server undid for the sake of others is run again at once, a few times.</summary>
    /// <exception cref="StorageFault">The database failed.</exception>
    public T Use<T>(Func<MySqlConnection, T> call)
    {
        for (int attempt = 0; ; attempt++)
        {
            MySqlConnection? connection = null;
            try
            {
                connection = _idle.TryPop(out MySqlConnection? idle) ? idle : Open();
                T result = call(connection);
                Return(connection);
                return result;
            }
            catch (Exception error) when (MySqlErrors.IsDatabaseError(error))
            {
                bool isRolledBack = error is MySqlException server && MySqlErrors.IsRolledBack(server);
                if (isRolledBack && TryRollBack(connection!)) Return(connection!);
                else connection?.Abandon();
                if (isRolledBack && attempt < ImmediateRetries) continue;
                throw Fault(error);
            }
            catch
            {
                // Its state is unknown. The server rolls back what a connection leaves open when it ends.
                connection?.Abandon();
                throw;
            }
        }
    }

    public StorageFault Fault(Exception error, long pending = 0) =>
        new(error, MySqlErrors.Describe(error, settings.Url), MySqlErrors.IsTransient(error)) { Pending = pending };

    public void Dispose()
    {
        _isClosed = true;
        while (_idle.TryPop(out MySqlConnection? connection)) connection.Abandon();
    }

    private void Return(MySqlConnection connection)
    {
        _idle.Push(connection);
        if (_isClosed) Dispose();
    }

    private static bool TryRollBack(MySqlConnection connection)
    {
        try
        {
            connection.Execute("ROLLBACK");
            return true;
        }
        catch (Exception error) when (MySqlErrors.IsDatabaseError(error) || error is InvalidOperationException)
        {
            return false; // The connection is gone or closed, and its transaction with it.
        }
    }

    private MySqlConnection Open()
    {
        MySqlConnection connection = settings.Open();
        try
        {
            _sessionSetup ??= SessionSetup(connection);
            connection.Execute(_sessionSetup);
            PrepareIn(connection);
            return connection;
        }
        catch
        {
            connection.Abandon();
            throw;
        }
    }

    // A server that refuses, as when its sessions hold as many as it allows, is sent the texts from then on.
    private void PrepareIn(MySqlConnection connection)
    {
        if (_preparation is not { } preparation) return;
        try
        {
            connection.Execute(preparation);
        }
        catch (MySqlException error) when (connection.State is System.Data.ConnectionState.Open && !MySqlErrors.IsTransient(error))
        {
            _preparation = null;
        }
    }

    // Each statement shall see what is committed by then, and lock no gaps. A server whose binary log holds statements
    // allows no such writes.
    private static string SessionSetup(MySqlConnection connection)
    {
        Dictionary<string, string> variables = connection.Rows(
            row => KeyValuePair.Create(row.GetString(0), row.GetString(1)),
            "SHOW VARIABLES WHERE Variable_name IN ('log_bin', 'binlog_format')").ToDictionary();
        bool logsStatements = variables.GetValueOrDefault("log_bin") == "ON"
            && variables.GetValueOrDefault("binlog_format") == "STATEMENT";
        return logsStatements
            ? "SET SESSION autocommit = 1"
            : "SET SESSION autocommit = 1; SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
    }
}
