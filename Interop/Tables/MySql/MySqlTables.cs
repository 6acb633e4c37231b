using System.Collections.Concurrent;
using System.Globalization;
using Hpo.Interop.Storages;
using MySqlConnector;

namespace Hpo.Interop.Tables.MySql;

/// <summary>Optuna's tables in MySQL or MariaDB.</summary>
internal sealed class MySqlTables : StudyTables
{
    private const int NoSuchTable = 1146;

    private static readonly SqlDialect Sql = new()
    {
        Begin = "START TRANSACTION",
        Lock = " FOR UPDATE",
        HeartbeatAge = "TIMESTAMPDIFF(SECOND, h.heartbeat, CURRENT_TIMESTAMP)",
        LastKey = "LAST_INSERT_ID()",
        IsName = Names.Are,
    };

    // For a program that only polls, a server that does not answer in time is away.
    private const int WatchersTimeout = 30;

    // The server limits how long a lock is waited for, and keep-alive packets detect a network that is gone. A timeout of the client
    // would cost every answer a system call more.
    private const int NoTimeout = 0;

    private readonly MySqlConnectionSettings _settings;
    private readonly int _timeout;
    private readonly ConcurrentDictionary<int, bool> _connections = new();
    private readonly Lazy<TrialScan> _scan;
    private volatile string? _preparation;

    /// <param name="url">A URL of the dialect mysql.</param>
    public MySqlTables(StorageUrl url)
        : this(new MySqlConnectionSettings(url), NoTimeout)
    {
    }

    private MySqlTables(MySqlConnectionSettings settings, int timeout)
        : base(settings.Url)
    {
        _settings = settings;
        _timeout = timeout;
        _scan = new Lazy<TrialScan>(() => Use(HandlerScan.Probe), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <inheritdoc/>
    public override TrialScan Scan => _scan.Value;

    public static new StudyTables Of(StorageUrl url) => new MySqlTables(new MySqlConnectionSettings(url), WatchersTimeout);

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

    /// <inheritdoc cref="StudyTables.Use"/>
    public T Use<T>(Func<MySqlSession, T> call, bool isHeartbeat = false) =>
        Use(session => call((MySqlSession)session), isForWriting: true, isHeartbeat);

    /// <inheritdoc/>
    public override string? EnsureDatabase(int connections) => WithErrors(() => MySqlDatabase.Ensure(_settings, connections));

    /// <inheritdoc/>
    public override string Describe() => WithErrors(() =>
    {
        using MySqlConnection connection = _settings.Open();
        return $"{Url.Masked}, server {connection.ServerVersion}";
    });

    /// <inheritdoc/>
    public override bool HasOtherClients() => Use(session => session.Key(
        "SELECT COUNT(*) FROM information_schema.processlist WHERE db = @database AND id NOT IN " +
        $"({Statements.List(_connections.Keys.Select(connection => (long)connection))})",
        ("database", _settings.Database))) > 0;

    /// <inheritdoc/>
    public override TableException Failure(Exception error, bool isLost, long pending = 0) => new(
        MySqlErrors.Describe(error, Url),
        MySqlErrors.IsTransient(error) || (isLost && error is not MySqlException { Number: > 0 }),
        error)
    {
        IsMissing = error is MySqlException server && (server.Number is NoSuchTable || MySqlErrors.IsUnknownDatabase(server)),
        Code = (error as MySqlException)?.Number ?? 0,
        Pending = pending,
    };

    /// <inheritdoc/>
    public override bool IsDatabaseError(Exception error) => MySqlErrors.IsDatabaseError(error);

    /// <inheritdoc/>
    protected override bool IsRolledBack(Exception error) => error is MySqlException server && MySqlErrors.IsRolledBack(server);

    /// <inheritdoc/>
    protected override TableSession Open(bool isForWriting)
    {
        MySqlConnection connection = _settings.Open();
        var session = new MySqlSession(connection, Sql, _timeout, MySqlConnectionSettings.LeastPacketLimit);
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
            int id = connection.ServerThread;
            _connections.TryAdd(id, true);
            session = new MySqlSession(
                connection, Sql, _timeout, long.Parse(variables["max_allowed_packet"], CultureInfo.InvariantCulture),
                onClosed: () => _connections.TryRemove(id, out _));
            PrepareIn(session);
            return session;
        }
        catch
        {
            session.Close();
            throw;
        }
    }

    private T WithErrors<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception error) when (IsDatabaseError(error))
        {
            throw Failure(error, isLost: false);
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
        catch (TableException)
        {
            // They are larger than the packets that the server takes.
        }
    }
}
