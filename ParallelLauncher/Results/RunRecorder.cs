using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Results;

/// <summary>Keeps <c>run.json</c> up to date while the run goes on, once a second at most.</summary>
internal sealed class RunRecorder : ILaunchObserver, IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly RunPaths _paths;
    private readonly RunRecord _running;
    private readonly TimeProvider _time;
    private readonly RunFaults _faults;
    private readonly Lock _lock = new();
    private readonly WorkerStatus[] _workers;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _writing;
    private RunProgress? _progress;
    private bool _isStale;

    /// <exception cref="LaunchException">The first record cannot be written.</exception>
    public RunRecorder(RunPaths paths, RunRecord running, int workers, TimeProvider time, RunFaults faults)
    {
        _faults = faults;
        _paths = paths;
        _running = running;
        _time = time;
        _workers = [.. Enumerable.Range(0, workers).Select(index => new WorkerStatus { Index = index })];
        FileErrors.Require(paths.Directory, () => AtomicFile.WriteText(paths.RunFile, Record().ToJson()));
        _writing = WriteAsync();
    }

    public void OnStatus(WorkerStatus status)
    {
        lock (_lock)
        {
            _workers[status.Index] = status;
            _isStale = true;
        }
    }

    public void OnProgress(RunProgress progress)
    {
        lock (_lock)
        {
            _isStale |= _progress?.Study.Counts != progress.Study.Counts;
            _progress = progress;
        }
    }

    /// <summary>The workers in their present state.</summary>
    public IReadOnlyList<WorkerStatus> Workers
    {
        get
        {
            lock (_lock) return [.. _workers];
        }
    }

    /// <summary>The last poll of the study, or null.</summary>
    public RunProgress? Progress
    {
        get
        {
            lock (_lock) return _progress;
        }
    }

    /// <summary>The run in its present state.</summary>
    public RunRecord Record()
    {
        lock (_lock)
        {
            return _running with
            {
                Workers = [.. _workers.Select(worker => WorkerRecords.Of(worker, Tally(worker.Index), _paths))],
                Study = _progress is { } progress ? StudyRecord.Of(progress.Study) : null,
            };
        }
    }

    /// <summary>Ends the writing; the run's last record is the caller's to write.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _writing;
        _ended.Dispose();
    }

    private WorkerTally? Tally(int index) =>
        _progress is { } progress && progress.Workers.Any(worker => worker != new WorkerTally()) ? progress.Workers[index] : null;

    private async Task WriteAsync()
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                lock (_lock)
                {
                    if (!_isStale) continue;
                    _isStale = false;
                }

                // A full disk must not end a run; the next change retries.
                _faults.Guard(_paths.RunFile, () => AtomicFile.WriteText(_paths.RunFile, Record().ToJson()));
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
