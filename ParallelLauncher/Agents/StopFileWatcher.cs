using System.Text;
using Hpo.Interop;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Agents;

/// <summary>
/// A file in the run's folder by which a person stops the run, beside the engine's signals: it tells their stop from one by the engine,
/// and reaches agents where the engine is away.
/// </summary>
internal sealed class StopFileWatcher : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    // A file system of several hosts may show a file late.
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(1);

    private readonly string _file;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public StopFileWatcher(string directory, StopController stop, TimeProvider time)
    {
        _file = FileOf(directory);
        _time = time;
        _timer = time.CreateTimer(
            _ =>
            {
                if (File.Exists(_file)) stop.Request(new StopReason(StopCause.Signal, "the run is stopped", WorkerExitCode.Interrupted));
            },
            null, Interval, Interval);
    }

    /// <summary>Stops a run's agents.</summary>
    /// <exception cref="LaunchException">The file cannot be written.</exception>
    public static void Stop(string directory) =>
        FileErrors.Require(directory, () => File.WriteAllText(FileOf(directory), "The run is stopped.\n", Encoding.UTF8));

    /// <summary>Whether somebody has stopped a run's agents.</summary>
    public static bool IsThere(string directory) => File.Exists(FileOf(directory));

    /// <summary>Whether a person has stopped the run.</summary>
    public async Task<bool> IsStoppedAsync()
    {
        if (!File.Exists(_file)) await Task.Delay(Lag, _time);
        return File.Exists(_file);
    }

    public void Dispose() => _timer.Dispose();

    private static string FileOf(string directory) => Path.Combine(directory, "stop");
}
