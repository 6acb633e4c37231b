using System.Diagnostics;
using Hpo.Interop;

namespace Hpo.Benchmarks;

/// <summary>A dashboard of its own process, on a free port, until it is disposed of.</summary>
internal sealed class DashboardProcess : IAsyncDisposable
{
    private readonly Process _process;

    private DashboardProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>The processor time that it has taken.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it without importances, which Optuna would compute meanwhile.</summary>
    /// <exception cref="BenchmarkException">It ended, or did not say where it listens.</exception>
    public static async Task<DashboardProcess> StartAsync(string storage, CancellationToken cancellation)
    {
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "NativeTrainer.exe" : "NativeTrainer");
        var process = Process.Start(new ProcessStartInfo(program, ["dashboard", "--storage", storage, "--port", "0", "--importance", "none"])
        {
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.Split(' ').FirstOrDefault(word => word.StartsWith("http://", StringComparison.Ordinal)) is { } address)
                return new DashboardProcess(process, new Uri(address));
        }
        throw new BenchmarkException("The dashboard ended without saying where it listens.", WorkerExitCode.Failure);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
