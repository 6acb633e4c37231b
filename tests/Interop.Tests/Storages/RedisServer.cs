using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Hpo.Tests;

namespace Hpo.Interop.Tests.Storages;

/// <summary>A private Redis on 127.0.0.1 and a free port, which keeps nothing. Where Redis is not installed the tests that ask
/// for it skip, and say so.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private Process? _server;
    private string? _missing;
    private int _port;

    public string Url => $"redis://127.0.0.1:{_port.ToString(CultureInfo.InvariantCulture)}/0";

    /// <summary>Skips the calling test where Redis or its Python package is not installed.</summary>
    public void Require() => Assert.SkipWhen(_missing is not null, _missing ?? "");

    public async ValueTask InitializeAsync()
    {
        if (!TestSupport.PythonImport.Succeeds(OptunaRuntime.Current.Python.Executable, "redis"))
        {
            _missing = "The Python package redis is not installed (apt-get install python3-redis).";
            return;
        }
        _port = FreePort();
        var start = new ProcessStartInfo(
            "redis-server",
            ["--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--dir", _folder.Path])
        {
            RedirectStandardOutput = true,
        };
        try
        {
            _server = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            _missing = "redis-server is not installed (apt-get install redis-server).";
            return;
        }
        using var limit = new CancellationTokenSource(StartLimit);
        while (await _server.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains("Ready to accept connections", StringComparison.Ordinal)) return;
        }
        throw new InvalidOperationException("redis-server ended at its start.");
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
