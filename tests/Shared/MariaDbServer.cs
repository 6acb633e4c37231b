using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MySqlConnector;

// One server for all tests of a project: two installations at a time get in each other's way.
[assembly: AssemblyFixture(typeof(Hpo.Tests.MariaDbServer))]

namespace Hpo.Tests;

/// <summary>
/// A private MariaDB on 127.0.0.1 and a free port, with a data directory of its own, and TLS for whoever wants it. Where
/// MariaDB is not installed the tests that ask for it skip, and say so.
/// </summary>
public sealed class MariaDbServer : IAsyncLifetime
{
    public const string User = "hpo";
    public const string Password = "pa:ss/w%rd-hunter2";

    /// <summary>A user whom the server lets in with TLS only.</summary>
    public const string CarefulUser = "careful";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private Process? _server;
    private string? _missing;

    /// <summary>The file of its certificate, which is its own authority.</summary>
    public string Certificate => _folder.File("certificate.pem");

    private string PrivateKey => _folder.File("key.pem");

    public int Port { get; private set; }

    public string Socket => _folder.File("server.sock");

    /// <summary>Skips the calling test where MariaDB is not installed.</summary>
    public void Require() => Assert.SkipWhen(_missing is not null, _missing ?? "");

    /// <summary>The storage URL of a database on this server.</summary>
    public string Url(string database, string user = User, string password = Password, string scheme = "mysql") =>
        string.Create(CultureInfo.InvariantCulture,
            $"{scheme}://{user}:{Uri.EscapeDataString(password)}@127.0.0.1:{Port}/{database}");

    public async ValueTask InitializeAsync()
    {
        string? installer = Find("mariadb-install-db"), server = Find("mariadbd");
        if (installer is null || server is null)
        {
            _missing = "MariaDB is not installed here: mariadbd or mariadb-install-db was not found (apt-get install mariadb-server).";
            return;
        }

        string data = _folder.File("data");
        await RunAsync(installer, "--no-defaults", $"--datadir={data}", $"--user={Environment.UserName}",
            "--auth-root-authentication-method=normal", "--skip-test-db");
        WriteCertificate();
        Port = FreePort();
        try
        {
            await StartAsync(server, data);
            await CreateUserAsync();
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
        using (Process terminate = Process.Start("kill", ["-TERM", _server!.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await terminate.WaitForExitAsync();
        }

        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    /// <summary>Starts the stopped server again, on the same port with the same data.</summary>
    public Task StartAgainAsync() => StartAsync(Find("mariadbd")!, _folder.File("data"));

    /// <summary>Runs a statement as root.</summary>
    public async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1",
            Port = (uint)Port,
            UserID = "root",
            Pooling = false,
            AllowUserVariables = true,
        }.ConnectionString);
        await connection.OpenAsync();
        await using MySqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    private async Task StartAsync(string program, string data)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server = Process.Start(new ProcessStartInfo(program,
        [
            "--no-defaults", $"--datadir={data}", $"--socket={Socket}", $"--pid-file={_folder.File("server.pid")}",
            string.Create(CultureInfo.InvariantCulture, $"--port={Port}"), "--bind-address=127.0.0.1",
            $"--user={Environment.UserName}", "--character-set-server=latin1",
            // Processes are killed here, no machine loses its power: a commit need not wait for the disk.
            "--innodb-flush-log-at-trx-commit=2",
            $"--ssl-cert={Certificate}", $"--ssl-key={PrivateKey}",
        ])
        { RedirectStandardError = true })!;
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

    private Task<object?> CreateUserAsync() => ExecuteAsync(
        $"""
        CREATE USER {User}@'%' IDENTIFIED BY '{Password}'; GRANT ALL ON *.* TO {User}@'%';
        CREATE USER poor@'%' IDENTIFIED BY '{Password}';
        CREATE USER {CarefulUser}@'%' IDENTIFIED BY '{Password}' REQUIRE SSL; GRANT ALL ON *.* TO {CarefulUser}@'%';
        """);

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(PrivateKey, key.ExportPkcs8PrivateKeyPem());
    }

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Concat(["/usr/sbin", "/usr/local/sbin", "/usr/bin"])
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException(await output + await error);
    }
}
