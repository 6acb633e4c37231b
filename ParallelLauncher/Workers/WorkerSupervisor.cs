using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Workers;

/// <summary>
/// Keeps one worker running: starts it, restarts it when it fails, starts it again while trials are left to do, and stops it
/// when the run stops.
/// </summary>
internal sealed class WorkerSupervisor(WorkerServices services, LaunchPlan plan, int index, string logFile)
{
    // A worker whose every start ends in order and without a finished trial is not started for ever.
    private const int MostFruitlessStarts = 2;

    private readonly IWorkSource _work = services.Work;
    private WorkerStatus _status = new() { Index = index };
    private long _began;

    /// <summary>Runs the worker to its end.</summary>
    /// <param name="stop">Leads the run's stop.</param>
    /// <param name="noRestarts">Cancelled when no worker is to be started again any more.</param>
    public async Task<WorkerStatus> RunAsync(StopController stop, CancellationToken noRestarts)
    {
        try
        {
            return await RunToEndAsync(stop, noRestarts);
        }
        finally
        {
            _work.Leave(index);
        }
    }

    private async Task<WorkerStatus> RunToEndAsync(StopController stop, CancellationToken noRestarts)
    {
        _began = services.Time.GetTimestamp();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop.Requested, noRestarts, _work.Done);
        using var log = new WorkerLog(logFile, error => services.Observer.OnNote($"{logFile} cannot be written: {error.Message}"));
        var process = new WorkerStart(services, plan, index, log);
        int failuresInARow = 0, fruitlessInARow = 0;
        for (int start = plan.FirstStart(index); ; start++)
        {
            if (stop.Requested.IsCancellationRequested) return Change(_status with { State = WorkerState.Stopped });
            int finished = _work.FinishedBy(index);
            WorkerStatus ended = await RunOnceAsync(process, start, stop);
            if (_work.FinishedBy(index) > finished) (failuresInARow, fruitlessInARow) = (0, 0);
            if (ended.HasEnded) return ended;
            try
            {
                if (ended.ExitCode == WorkerExitCode.Success)
                {
                    // An end before which no slot was free does not mean that the worker does nothing.
                    if (++fruitlessInARow > MostFruitlessStarts || !await WaitForSlotAsync(ending.Token))
                    {
                        return Change(_status with { State = WorkerState.Succeeded, NextStart = null });
                    }
                }
                else if (!await TryWaitForRestartAsync(ended, process.WasItsFault ? ++failuresInARow : failuresInARow, ending.Token))
                {
                    return Change(_status with { State = WorkerState.Failed });
                }
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return Change(_status with { State = AfterCancel(stop), NextStart = null });
            }
        }
    }

    private async Task<WorkerStatus> RunOnceAsync(WorkerStart process, int start, StopController stop)
    {
        int? exitCode = await process.RunAsync(
            start, stop,
            processId => Change(_status with { State = WorkerState.Running, Start = start, ProcessId = processId, NextStart = null }),
            () => services.Observer.OnStatus(_status with { State = WorkerState.Stopping }));
        return Change(_status with
        {
            State = After(exitCode, stop),
            ExitCode = exitCode ?? WorkerExitCode.Failure,
            ProcessId = null,
            Duration = services.Time.GetElapsedTime(_began),
            Problem = process.Problem,
        });
    }

    private async Task<bool> WaitForSlotAsync(CancellationToken cancellationToken)
    {
        Change(_status with { State = WorkerState.Idle });
        return await _work.WaitForSlotAsync(index, cancellationToken);
    }

    private async Task<bool> TryWaitForRestartAsync(WorkerStatus ended, int failuresInARow, CancellationToken cancellationToken)
    {
        if (failuresInARow > plan.MaxRestarts) return false;
        TimeSpan delay = services.Backoff.Delay(Math.Max(1, failuresInARow), services.Random);
        Change(_status with
        {
            State = WorkerState.Restarting,
            Restarts = _status.Restarts + 1,
            NextStart = services.Time.GetUtcNow() + delay,
        });
        services.Observer.OnNote(string.Create(CultureInfo.InvariantCulture,
            $"worker {index} {Describe(ended.ExitCode!.Value)}; restart {failuresInARow} of {plan.MaxRestarts} in a row, in {delay.TotalSeconds:0.0} s"));
        await Task.Delay(delay, services.Time, cancellationToken);
        await _work.WaitUntilReachableAsync(cancellationToken);
        return true;
    }

    private static WorkerState After(int? exitCode, StopController stop)
    {
        if (exitCode is null) return WorkerState.Failed;
        bool isStopping = stop.Requested.IsCancellationRequested;
        if (exitCode == WorkerExitCode.Success) return isStopping ? WorkerState.Succeeded : WorkerState.Idle;
        if (isStopping) return WorkerState.Stopped;
        // No restart fixes a wrong command line, or a machine that lacks something.
        return exitCode is WorkerExitCode.Usage or WorkerExitCode.Environment ? WorkerState.Failed : WorkerState.Restarting;
    }

    private WorkerState AfterCancel(StopController stop) =>
        _status.ExitCode == WorkerExitCode.Success ? WorkerState.Succeeded
        : stop.Requested.IsCancellationRequested || _work.Done.IsCancellationRequested ? WorkerState.Stopped
        : WorkerState.Failed;

    private static string Describe(int exitCode) => exitCode > Posix.ExitCodeOfSignal
        ? string.Create(CultureInfo.InvariantCulture, $"was ended by signal {exitCode - Posix.ExitCodeOfSignal}")
        : string.Create(CultureInfo.InvariantCulture, $"failed with exit code {exitCode}");

    private WorkerStatus Change(WorkerStatus status)
    {
        _status = status;
        services.Observer.OnStatus(status);
        return status;
    }
}
