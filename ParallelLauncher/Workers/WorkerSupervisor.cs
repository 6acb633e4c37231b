using System.ComponentModel;
using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Plan;
using Microsoft.Extensions.Logging;

namespace Hpo.ParallelLauncher.Workers;

/// <summary>Keeps one worker running: starts it, restarts it when it fails, stops it when the run stops.</summary>
internal sealed class WorkerSupervisor(WorkerServices services, LaunchPlan plan, int index, string logFile)
{
    private readonly ILogger _logger = services.Logger;
    private WorkerStatus _status = new() { Index = index };
    private long _started;

    /// <summary>Runs the worker to its end.</summary>
    /// <param name="stop">Leads the run's stop.</param>
    /// <param name="noRestarts">Cancelled when no worker is to be restarted any more.</param>
    public async Task<WorkerStatus> RunAsync(StopController stop, CancellationToken noRestarts)
    {
        _started = services.Time.GetTimestamp();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop.Requested, noRestarts);
        using var log = new WorkerLog(logFile, error => services.Observer.OnNote($"{logFile} cannot be written: {error.Message}"));
        for (int restart = 0; ; restart++)
        {
            if (stop.Requested.IsCancellationRequested) return Change(_status with { State = WorkerState.Stopped });
            WorkerStatus ended = await RunOnceAsync(restart, stop, log);
            if (ended.HasEnded) return ended;

            TimeSpan delay = services.Backoff.Delay(restart + 1, services.Random);
            services.Observer.OnNote(string.Create(CultureInfo.InvariantCulture,
                $"worker {index} failed with exit code {ended.ExitCode}; restart {restart + 1} of {plan.MaxRestarts} in {delay.TotalSeconds:0.0} s"));
            try
            {
                await Task.Delay(delay, services.Time, ending.Token);
            }
            catch (OperationCanceledException)
            {
                return Change(_status with { State = stop.Requested.IsCancellationRequested ? WorkerState.Stopped : WorkerState.Failed });
            }
        }
    }

    private async Task<WorkerStatus> RunOnceAsync(int restart, StopController stop, WorkerLog log)
    {
        if (restart > 0) log.Write(string.Create(CultureInfo.InvariantCulture, $"--- restart {restart} ---"));
        WorkerProcess process;
        try
        {
            process = await WorkerProcess.StartAsync(
                services.Spawner,
                services.Platform,
                new ProcessLine(plan.Worker.Program, plan.Worker.ArgumentsWith(plan.WorkerArguments)),
                plan.EnvironmentOf(index, restart),
                line => OnLine(line, false),
                line => OnLine(line, true));
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            return Change(_status with
            {
                State = WorkerState.Failed,
                ExitCode = WorkerExitCode.Failure,
                Problem = $"{plan.Worker.Program} could not be started: {error.Message}",
            });
        }

        using (process)
        {
            _logger.LogDebug("worker {Index} start {Restart} is process {ProcessId}", index, restart, process.Id);
            Change(_status with { State = WorkerState.Running, ProcessId = process.Id, Restarts = restart });
            int exitCode;
            using (stop.Subscribe(stage => Stop(process, stage)))
            {
                exitCode = await process.WaitAsync();
            }

            _logger.LogDebug("worker {Index} process {ProcessId} exited with {ExitCode}", index, process.Id, exitCode);
            return Change(_status with
            {
                State = After(exitCode, restart, stop),
                ExitCode = exitCode,
                ProcessId = null,
                Duration = services.Time.GetElapsedTime(_started),
            });
        }

        void OnLine(string line, bool isError)
        {
            string masked = line.Replace(plan.Storage.Original, plan.Storage.Masked, StringComparison.Ordinal);
            masked = StorageUrl.MaskAll(masked);
            log.Write(masked);
            services.Observer.OnLine(index, masked, isError);
        }
    }

    private void Stop(WorkerProcess process, StopStage stage)
    {
        _logger.LogDebug("worker {Index} process {ProcessId}: {Stage}", index, process.Id, stage);
        process.Send(stage);
        if (stage is StopStage.Interrupt) services.Observer.OnStatus(_status with { State = WorkerState.Stopping });
    }

    private WorkerState After(int exitCode, int restart, StopController stop)
    {
        if (exitCode == WorkerExitCode.Success) return WorkerState.Succeeded;
        if (stop.Requested.IsCancellationRequested) return WorkerState.Stopped;
        // No restart mends a wrong command line, or a machine that lacks something.
        bool isMendable = exitCode is not (WorkerExitCode.Usage or WorkerExitCode.Environment);
        return isMendable && restart < plan.MaxRestarts ? WorkerState.Restarting : WorkerState.Failed;
    }

    private WorkerStatus Change(WorkerStatus status)
    {
        _status = status;
        services.Observer.OnStatus(status);
        return status;
    }
}
