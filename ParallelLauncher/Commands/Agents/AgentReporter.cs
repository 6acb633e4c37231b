using System.Globalization;
using System.Net;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Display;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Commands.Agents;

/// <summary>Tells of an agent's worker: in its file in the run's folder, which it renews while it lives, and on the agent's own output.</summary>
internal sealed class AgentReporter : ILaunchObserver, IDisposable
{
    /// <summary>How often the file is renewed although nothing changes.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);

    private readonly LaunchConsole _console;
    private readonly RunFaults _faults;
    private readonly string? _directory;
    private readonly Lock _lock = new();
    private readonly Timer _timer;
    private AgentStatus _status;

    /// <param name="console">The agent's output.</param>
    /// <param name="faults">Takes what cannot be written.</param>
    /// <param name="directory">The run's folder; null where hosts share none: then the worker's lines go to the agent's output.</param>
    /// <param name="index">The worker's index.</param>
    /// <param name="attempt">How often the engine has started the task before.</param>
    public AgentReporter(LaunchConsole console, RunFaults faults, string? directory, int index, int attempt)
    {
        _console = console;
        _faults = faults;
        _directory = directory;
        _status = new AgentStatus
        {
            Worker = new WorkerStatus { Index = index },
            Host = Dns.GetHostName(),
            ProcessId = Environment.ProcessId,
            Attempt = attempt,
        };
        _timer = new Timer(_ => Change(status => status), null, Renewal, Renewal);
    }

    public void OnLine(int index, string line, bool isError)
    {
        if (_directory is null) (isError ? _console.Error : _console.Output).WriteLine(line);
    }

    public void OnStatus(WorkerStatus status) => Change(known => known with { Worker = status with { Host = known.Host } });

    public void OnNote(string message) =>
        _console.WriteError(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm:ss}Z {message}"));

    public void OnProgress(RunProgress progress)
    {
        // The launcher polls the study itself.
    }

    /// <summary>The study's database has answered.</summary>
    public void OnContact() => Change(status => status with { HasContact = true });

    /// <summary>Writes the last status: nothing is written after it.</summary>
    public void End(WorkerStatus status, bool isRequeued)
    {
        Change(known => known with { Worker = status with { Host = known.Host }, HasEnded = true, IsRequeued = isRequeued });
    }

    public void Dispose() => _timer.Dispose();

    private void Change(Func<AgentStatus, AgentStatus> change)
    {
        lock (_lock)
        {
            if (_status.HasEnded) return;
            _status = change(_status);
            if (_directory is { } directory) _faults.Guard("The agent's status", () => _status.Write(directory));
        }
    }
}
