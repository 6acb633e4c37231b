using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MySqlConnector;

// One server for all tests of a project: two installations at a time get in each other's way.
[assembly: AssemblyFixture(typeof(Hpo.Tests.DatabaseServer))]

namespace Hpo.Tests;

/// <summary>
/// A private MariaDB or MySQL on 127.0.0.1 or the head of a cluster, a free port and a Unix socket, with a data directory of its own, and TLS for
/// clients that ask for it. Where none is installed the tests that ask for it skip, and say so.
/// </summary>
public sealed class DatabaseServer : IAsyncLifetime
{
    public const string User = "hpo";
    public const string Password = "pa:ss/w%rd-hunter2";

    /// <summary>A user whom the server lets in with TLS only.</summary>
    public const string CarefulUser = "careful";

    /// <summary>A user without any right.</summary>
    public const string PoorUser = "poor";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly IReadOnlyList<string> _options;
    private readonly ClusterHosts? _cluster;
    private ServerCertificate? _certificate;
    private Process? _server;

    /// <summary>The server that the tests of an assembly share.</summary>
    public DatabaseServer() : this([])
    {
    }

    private DatabaseServer(IReadOnlyList<string> options, ClusterHosts? cluster = null) => (_options, _cluster) = (options, cluster);

    public DatabaseServerKind Kind { get; } = DatabaseServerKind.Chosen;

    /// <summary>The file of its certificate, which is its own authority.</summary>
    public string Certificate => _certificate!.CertificateFile;

    public string Address => _cluster is null ? "127.0.0.1" : ClusterHosts.HeadAddress;

    public int Port { get; private set; }

    public string Socket => _folder.File("server.sock");

    private string Data => _folder.File("data");

    /// <summary>A server of a test's own, with options of its own, such as "--sql-mode=ANSI". The test disposes of it.</summary>
    public static Task<DatabaseServer> StartNewAsync(params string[] options) => StartAsync(options, null);

    /// <summary>The same on the head of a cluster.</summary>
    internal static Task<DatabaseServer> StartOnAsync(ClusterHosts cluster, IReadOnlyList<string> options) => StartAsync(options, cluster);

    private static async Task<DatabaseServer> StartAsync(IReadOnlyList<string> options, ClusterHosts? cluster)
    {
        DatabaseServerKind.Chosen.Require();
        var server = new DatabaseServer(options, cluster);
        await server.InitializeAsync();
        return server;
    }

    /// <summary>Skips the calling test where no server is installed.</summary>
    public void Require() => Kind.Require();

    /// <summary>The storage URL of a database on this server.</summary>
    public string Url(string database, string user = User, string password = Password, string scheme = "mysql") =>
        string.Create(CultureInfo.InvariantCulture,
            $"{scheme}://{user}:{Uri.EscapeDataString(password)}@{Address}:{Port}/{database}");

    /// <summary>The same over the Unix socket.</summary>
    public string SocketUrl(string database, string user = User, string password = Password, string scheme = "mysql") =>
        $"{scheme}://{user}:{Uri.EscapeDataString(password)}@localhost/{database}?unix_socket={Socket}";

    public async ValueTask InitializeAsync()
    {
        if (Kind.Missing is not null) return;
        try
        {
            (await HostCommand.RunAsync(Kind.Installation(Data, _options))).Require();
            _certificate = ServerCertificate.Write(_folder);
            Port = FreePort();
            await StartAsync([]);
            await CreateUsersAsync();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill();
            await _server.WaitForExitAsync();
            _server.Dispose();
        }

        _folder.Dispose();
    }

    /// <summary>Stops the server in order. For tests that no other one runs beside.</summary>
    public async Task StopAsync()
    {
        try
        {
            await ExecuteAsync("SHUTDOWN");
        }
        catch (MySqlException)
        {
            // It may be gone before it has answered; whether it is, the next line tells.
        }

        await _server!.WaitForExitAsync().WaitAsync(StartLimit);
        _server.Dispose();
        _server = null;
    }

    /// <summary>Starts the stopped server again, on the same port with the same data.</summary>
    /// <param name="options">More options, which hold until it is stopped.</param>
    public Task StartAgainAsync(params string[] options) => StartAsync(options);

    /// <summary>Runs statements as root, and returns the first value of what they answer.</summary>
    public async Task<object?> ExecuteAsync(string sql)
    {
        await using MySqlConnection connection = await OpenAsync();
        return await connection.ExecuteAsync(sql);
    }

    /// <summary>
    /// Connects as root, over the socket, which a test outside of a cluster reaches too. For tests that poll: a server keeps
    /// each session for a moment after its end.
    /// </summary>
    public async Task<MySqlConnection> OpenAsync()
    {
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = Socket,
            ConnectionProtocol = MySqlConnectionProtocol.UnixSocket,
            UserID = "root",
            Pooling = false,
            AllowUserVariables = true,
        }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private async Task StartAsync(IReadOnlyList<string> options)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ProcessStartInfo start = Kind.Server(Data,
        [
            $"--socket={Socket}", $"--pid-file={_folder.File("server.pid")}",
            string.Create(CultureInfo.InvariantCulture, $"--port={Port}"), $"--bind-address={Address}",
            "--character-set-server=latin1",
            // Processes are killed here, no machine loses its power: a commit need not wait for the disk.
            "--innodb-flush-log-at-trx-commit=2",
            .. _certificate!.Options, .. _options, .. options,
        ]);
        if (_cluster is not null) start = _cluster.On(ClusterHosts.Head, start);
        start.RedirectStandardError = true;
        _server = Process.Start(start)!;
        var lines = new List<string>();
        _server.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) ready.TrySetException(new InvalidOperationException(string.Join('\n', lines)));
            else if (line.Data.Contains("ready for connections", StringComparison.Ordinal)) ready.TrySetResult();
            else lines.Add(line.Data);
        };
        _server.BeginErrorReadLine();
        await ready.Task.WaitAsync(StartLimit);
    }

    private Task<object?> CreateUsersAsync() => ExecuteAsync(
        $"""
        CREATE USER {User}@'%' IDENTIFIED BY '{Password}'; GRANT ALL ON *.* TO {User}@'%';
        CREATE USER {PoorUser}@'%' IDENTIFIED BY '{Password}';
        CREATE USER {CarefulUser}@'%' IDENTIFIED BY '{Password}' REQUIRE SSL; GRANT ALL ON *.* TO {CarefulUser}@'%';
        """);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
