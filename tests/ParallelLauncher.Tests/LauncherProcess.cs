using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests;

/// <summary>A real launcher, started in a folder of its own.</summary>
internal sealed class LauncherProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static readonly Lazy<string> Python = new(() => PythonLocator.Find().Executable);

    private readonly Process _process;
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Task _reading;

    private LauncherProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _errors));
    }

    public int Id => _process.Id;
    public string Output => string.Join('\n', _output);
    public string Errors => string.Join('\n', _errors);

    /// <summary>The events of --json.</summary>
    public IReadOnlyList<JsonElement> Events => [.. _output.Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>The run, as the last event tells it.</summary>
    public JsonElement Json => Events[^1].GetProperty("run");

    public static LauncherProcess Start(
        TemporaryFolder folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments) =>
        Start(Programs.Launcher, folder, environment, arguments);

    public static LauncherProcess Start(
        string program, TemporaryFolder folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsContract).ToArray()) start.Environment.Remove(name);
        // Searching for Python anew in each launch and worker would double the tests' time.
        start.Environment[PythonLocator.Variable] = Python.Value;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new LauncherProcess(Process.Start(start)!);

        static bool IsContract(string name) =>
            name is "OPTUNA_STORAGE" or "OMP_NUM_THREADS" || name.StartsWith("HPO_", StringComparison.Ordinal);
    }

    /// <summary>Runs a launcher to its end and gives its exit code.</summary>
    public static async Task<(int ExitCode, LauncherProcess Launcher)> RunAsync(
        TemporaryFolder folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        LauncherProcess launcher = Start(folder, environment, arguments);
        return (await launcher.WaitAsync(), launcher);
    }

    /// <summary>Waits for the next line, of either stream, that holds a text.</summary>
    public async Task<string> LineAsync(string text)
    {
        using var limit = new CancellationTokenSource(Limit);
        await foreach (string line in _lines.Reader.ReadAllAsync(limit.Token))
        {
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        }

        throw new InvalidOperationException($"The launcher ended without a line '{text}':\n{Output}\n{Errors}");
    }

    /// <summary>The process ids that the dummy workers announce with "ready".</summary>
    public async Task<int[]> ReadyAsync(int workers)
    {
        int[] ids = new int[workers];
        for (int i = 0; i < workers; i++) ids[i] = int.Parse((await LineAsync("ready ")).Split(' ')[^1]);
        return ids;
    }

    /// <summary>Types at the terminal of a launcher that was started in one.</summary>
    public async Task TypeAsync(string keys)
    {
        await _process.StandardInput.WriteAsync(keys);
        await _process.StandardInput.FlushAsync();
    }

    public void Send(int signal) => Posix.Kill(Id, signal).Should().Be(0);

    public async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Limit);
        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader, List<string> lines)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            _lines.Writer.TryWrite(line);
        }

        // The first stream's end comes with the process's; nothing that matters follows on the other one.
        if (reader == _process.StandardError) _lines.Writer.TryComplete();
    }
}
