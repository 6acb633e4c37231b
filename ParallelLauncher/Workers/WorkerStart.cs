using System.ComponentModel;
using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Plan;
using Microsoft.Extensions.Logging;

namespace Hpo.ParallelLauncher.Workers;

/// <summary>Runs a worker's process from its start to its end, once for each call.</summary>
internal sealed class WorkerStart(WorkerServices services, LaunchPlan plan, int index, WorkerLog log)
{
    private readonly ILogger _logger = services.Logger;
    private long _began;
    private int _exitCode;

    /// <summary>What went wrong in the last start, where the exit code alone does not say it.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether the last start's failure was the worker's own, and not that of a database that was away.</summary>
    public bool WasItsFault => _exitCode != WorkerExitCode.Storage || services.Work.WasReachableSince(_began);

    /// <param name="start">The start's number, from 0.</param>
    /// <param name="stop">Leads the run's stop.</param>
    /// <param name="onRunning">Called with the process's id.</param>
    /// <param name="onStopping">Called when the process is asked to end.</param>
    /// <returns>The exit code, or null where the process could not be started.</returns>
    public async Task<int?> RunAsync(int start, StopController stop, Action<int> onRunning, Action onStopping)
    {
        if (start > 0) log.Write(string.Create(CultureInfo.InvariantCulture, $"--- start {start} ---"));
        _began = services.Time.GetTimestamp();
        services.Work.Begin(index, start);
        try
        {
            using WorkerProcess process = await StartAsync(start);
            _logger.LogDebug("worker {Index} start {Start} is process {ProcessId}", index, start, process.Id);
            onRunning(process.Id);
            using (stop.Subscribe(stage => Stop(process, stage, onStopping)))
            {
                _exitCode = await process.WaitAsync();
            }

            _logger.LogDebug("worker {Index} process {ProcessId} exited with {ExitCode}", index, process.Id, _exitCode);
            return _exitCode;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException)
        {
            Problem = $"{plan.Worker.Program} could not be started: {error.Message}";
            return null;
        }
        finally
        {
            await services.Work.EndAsync(index, start, stop.Requested);
        }
    }

    private Task<WorkerProcess> StartAsync(int start) => WorkerProcess.StartAsync(
        services.Spawner,
        services.Platform,
        new ProcessLine(plan.Worker.Program, plan.Worker.ArgumentsWith(plan.WorkerArguments), plan.CpusOf(index)),
        plan.EnvironmentOf(index, start),
        line => OnLine(line, isError: false),
        line => OnLine(line, isError: true));

    private void Stop(WorkerProcess process, StopStage stage, Action onStopping)
    {
        _logger.LogDebug("worker {Index} process {ProcessId}: {Stage}", index, process.Id, stage);
        process.Send(stage);
        if (stage is StopStage.Interrupt) onStopping();
    }

    private void OnLine(string line, bool isError)
    {
        string masked = StorageUrl.MaskAll(line.Replace(plan.Storage.Original, plan.Storage.Masked, StringComparison.Ordinal));
        log.Write(masked);
        services.Observer.OnLine(index, masked, isError);
    }
}
