using Hpo.Interop;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Commands.Agents;

/// <summary>Watches for the run's <see cref="StopFile"/>.</summary>
internal sealed class StopFileWatcher : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // A file system of several hosts may show a file late.
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(1);

    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public StopFileWatcher(string directory, StopController stop, TimeProvider time)
    {
        _directory = directory;
        _time = time;
        _timer = time.CreateTimer(
            _ =>
            {
                if (StopFile.IsThere(_directory)) stop.Request(new StopReason(StopCause.Signal, "the run is stopped", WorkerExitCode.Interrupted));
            },
            null, TimeSpan.Zero, Interval); // at once: a task that starts after the stop starts no worker
    }

    /// <summary>Whether a person has stopped the run.</summary>
    public async Task<bool> IsStoppedAsync()
    {
        if (!StopFile.IsThere(_directory)) await Task.Delay(Lag, _time);
        return StopFile.IsThere(_directory);
    }

    public void Dispose() => _timer.Dispose();
}
