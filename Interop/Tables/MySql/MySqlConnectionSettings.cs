using System.Globalization;
using Hpo.Interop.Storages;
using MySqlConnector;

namespace Hpo.Interop.Tables.MySql;

/// <summary>
/// How MySqlConnector reaches the server that a <c>mysql://</c> storage URL names, by the same rules as the Python driver
/// that Optuna uses for it. Immutable; its connection strings hold the password and are never printed.
/// </summary>
internal sealed class MySqlConnectionSettings
{
    private const uint KeepaliveSeconds = 60;

    // What a server answers without TLS where it asks for it: of everybody, or of this user, as for a wrong password.
    private const int TlsRequiredByServer = 3159;
    private const int RefusedUser = 1045;

    // What every statement of this library relies on, whatever the server's defaults are: backslashes escape, as the driver
    // writes them; double quotes enclose text; a value that does not fit is refused, not cut; a statement is committed by itself.
    private const string SessionSetup =
        "SET SESSION sql_mode = 'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', autocommit = 1";

    private static readonly string[] DefaultSockets =
        ["/run/mysqld/mysqld.sock", "/var/run/mysqld/mysqld.sock", "/var/lib/mysql/mysql.sock", "/tmp/mysql.sock"];

    private readonly Func<string, bool> _socketExists;

    // A server of this machine has refused a connection without TLS.
    private volatile bool _wantsTls;

    /// <summary>Reads the settings from a storage URL.</summary>
    /// <param name="url">A URL of the dialect mysql.</param>
    /// <exception cref="ArgumentException">The URL is not one of MySQL.</exception>
    public MySqlConnectionSettings(StorageUrl url)
        : this(url, File.Exists)
    {
    }

    internal MySqlConnectionSettings(StorageUrl url, Func<string, bool> socketExists)
    {
        if (url.Dialect is not StorageDialect.MySql)
        {
            throw new ArgumentException($"{url.Masked} is not a mysql:// URL.", nameof(url));
        }

        Url = url;
        _socketExists = socketExists;
    }

    /// <summary>What a server takes in one packet at least.</summary>
    internal const long LeastPacketLimit = 1024;

    /// <summary>The storage URL.</summary>
    public StorageUrl Url { get; }

    /// <summary>The database's name.</summary>
    public string Database => Url.Database!;

    /// <summary>The database's name, quoted for SQL with backticks.</summary>
    public string QuotedDatabase => $"`{Database.Replace("`", "``", StringComparison.Ordinal)}`";

    /// <summary>
    /// The ways to the server, in the order in which they are tried. One, except for <c>localhost</c> without a driver or
    /// with mysqldb, where the default Unix socket comes before TCP, as that driver has it. Within this machine TLS is not
    /// used unless the URL or the server asks for it: it would cost a seventh of a short statement's time.
    /// </summary>
    /// <param name="withDatabase">Whether the connection selects the database, which must exist then. Default true.</param>
    public IReadOnlyList<MySqlConnectionStringBuilder> Candidates(bool withDatabase = true)
    {
        if (Url.Parameter("unix_socket") is { } socket) return [Socket(socket)];
        bool isLocal = Url.Host is null or "localhost";
        bool prefersSocket = isLocal && Url.Driver != "pymysql" && !OperatingSystem.IsWindows();
        return
        [
            .. prefersSocket ? DefaultSockets.Where(_socketExists).Take(1).Select(Socket) : [],
            Tcp(),
        ];

        MySqlConnectionStringBuilder Socket(string path)
        {
            var builder = Common(withDatabase);
            builder.Server = path;
            builder.ConnectionProtocol = MySqlConnectionProtocol.UnixSocket;
            return builder;
        }

        MySqlConnectionStringBuilder Tcp()
        {
            var builder = Common(withDatabase);
            builder.Server = Url.Host ?? "localhost";
            builder.Port = (uint)(Url.Port ?? 3306);
            if (builder.Server is not ("localhost" or "127.0.0.1" or "::1")) return builder;
            // Without TLS, MySQL 8 sends its public key for the password's exchange, as the Python drivers accept it.
            builder.AllowPublicKeyRetrieval = true;
            if (builder.SslMode is MySqlSslMode.Preferred && !_wantsTls) builder.SslMode = MySqlSslMode.None;
            return builder;
        }
    }

    /// <summary>
    /// Opens a connection by the first of <see cref="Candidates"/> where a server answers. Its session has strict SQL modes,
    /// backslash escapes and autocommit, whatever the server's defaults are. It is for calls that wait: a socket that was ever
    /// used asynchronously wakes its caller through another thread for good, which doubles the time of a short statement.
    /// </summary>
    /// <param name="withDatabase">Whether the connection selects the database. Default true.</param>
    /// <exception cref="MySqlException">No server answered, or it refused the user or the database;
    /// <see cref="MySqlErrors.Describe"/> says it in words.</exception>
    public MySqlConnection Open(bool withDatabase = true)
    {
        IReadOnlyList<MySqlConnectionStringBuilder> candidates = Candidates(withDatabase);
        for (int i = 0; ; i++)
        {
            try
            {
                return Open(candidates[i]);
            }
            catch (Exception error) when (IsNotThere(error) && i + 1 < candidates.Count)
            {
                // The next one may answer.
            }
        }
    }

    /// <summary>The storage's masked URL.</summary>
    public override string ToString() => Url.Masked;

    private static bool IsNotThere(Exception error) =>
        error is MySqlException server ? MySqlErrors.IsUnreachable(server) : MySqlErrors.IsConnectionLost(error);

    private MySqlConnection Open(MySqlConnectionStringBuilder builder)
    {
        try
        {
            return OpenOnce(builder);
        }
        catch (MySqlException error) when (builder.SslMode is MySqlSslMode.None && error.Number is (TlsRequiredByServer or RefusedUser))
        {
            builder.SslMode = MySqlSslMode.Preferred;
        }

        MySqlConnection connection = OpenOnce(builder);
        _wantsTls = true;
        return connection;
    }

    private static MySqlConnection OpenOnce(MySqlConnectionStringBuilder builder)
    {
        var connection = new MySqlConnection(builder.ConnectionString);
        try
        {
            connection.Open();
            using var setup = new MySqlCommand(SessionSetup, connection);
            setup.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private MySqlConnectionStringBuilder Common(bool withDatabase)
    {
        var builder = new MySqlConnectionStringBuilder
        {
            UserID = Url.User ?? Environment.UserName,
            Password = Url.Password ?? "",
            CharacterSet = "utf8mb4",
            Pooling = false,
            Keepalive = KeepaliveSeconds,
            ApplicationName = "hpo",
        };
        if (withDatabase) builder.Database = Database;
        if (Url.Parameter("connect_timeout") is { } timeout)
        {
            builder.ConnectionTimeout = uint.Parse(timeout, CultureInfo.InvariantCulture);
        }

        AddTls(builder);
        return builder;
    }

    private void AddTls(MySqlConnectionStringBuilder builder)
    {
        string? authority = Url.Parameter("ssl_ca"), certificate = Url.Parameter("ssl_cert"), key = Url.Parameter("ssl_key");
        bool verifiesIdentity = Url.Parameter("ssl_verify_identity") is { } verify && bool.Parse(verify);
        if (authority is not null) builder.SslCa = authority;
        if (certificate is not null) builder.SslCert = certificate;
        if (key is not null) builder.SslKey = key;
        builder.SslMode = verifiesIdentity ? MySqlSslMode.VerifyFull
            : authority is not null ? MySqlSslMode.VerifyCA
            : certificate is not null || key is not null ? MySqlSslMode.Required
            : MySqlSslMode.Preferred;
    }
}
