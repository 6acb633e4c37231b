using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>Watches the workers of a run that an engine has on other hosts, until all have ended.</summary>
/// <param name="engine">The engine.</param>
/// <param name="run">The run, which it has already.</param>
/// <param name="observer">Is told of what changes.</param>
/// <param name="faults">Takes what fails beside the workers.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterWorkers(IClusterBackend engine, ClusterRun run, IWorkerObserver observer, RunFaults faults, TimeProvider time) : IWorkerBackend
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    // A look at the engine costs its controller something: more for more tasks.
    private static readonly TimeSpan IntervalPerWorker = TimeSpan.FromMilliseconds(20);

    // By a person on another host, whose launcher has asked the workers to finish.
    private static readonly StopReason StoppedElsewhere = new(StopCause.Signal, "ended by ParallelLauncher stop", WorkerExitCode.Interrupted);

    private readonly WorkerStatus[] _shown = [.. Enumerable.Range(0, run.Workers).Select(index => new WorkerStatus { Index = index })];
    private bool _isAway;

    public async Task<IReadOnlyList<WorkerStatus>> RunAsync(LaunchPlan plan, RunPaths paths, IWorkSource work, StopController stop)
    {
        using IDisposable stages = stop.Subscribe(stage => _ = PassOnAsync(stage));
        using var lines = new LogTails(paths, run.Workers, observer);
        var watch = new ClusterWatch(run, engine, time);
        TimeSpan pace = IntervalPerWorker * run.Workers;
        while (true)
        {
            IReadOnlyList<WorkerStatus> workers = watch.Read(await LookAsync());
            lines.Read();
            foreach (WorkerStatus worker in workers) Show(worker);
            if (StopFile.IsThere(run.Directory)) stop.Request(StoppedElsewhere);
            if (workers.All(worker => worker.HasEnded))
            {
                await FetchLogsAsync();
                // Nothing of a run that was stopped stays with the engine, the storage's password least of all.
                if (stop.Requested.IsCancellationRequested) await TryAsync(StopStage.Kill);
                return workers;
            }

            Halt(plan, workers, stop);
            // Those that wait for a place have nothing to do any more; stopping, one may have been started anew.
            if (work.Done.IsCancellationRequested || stop.Requested.IsCancellationRequested) await TryAsync(StopStage.None);
            await Task.Delay(pace > ShortestInterval ? pace : ShortestInterval, time);
        }
    }

    private async Task<IReadOnlyList<ClusterTask>?> LookAsync()
    {
        try
        {
            IReadOnlyList<ClusterTask> tasks = await engine.LookAsync(run, CancellationToken.None);
            if (_isAway) observer.OnNote($"{engine.Name} answers again");
            _isAway = false;
            return tasks;
        }
        catch (EngineAwayException error)
        {
            if (!_isAway) observer.OnNote($"{engine.Name} does not answer: {error.Message} The workers go on meanwhile.");
            _isAway = true;
            return null;
        }
    }

    private async Task FetchLogsAsync()
    {
        if (engine is not ITaskLogs logs) return;
        foreach (int index in Enumerable.Range(0, run.Workers))
        {
            try
            {
                if (await logs.LogAsync(run, index, CancellationToken.None) is { } text)
                    faults.Guard("The workers' logs", () => File.WriteAllText(RunPaths.Existing(run.Directory).WorkerLog(index), text));
            }
            catch (EngineAwayException error)
            {
                observer.OnNote($"the log of worker {index} cannot be fetched: {error.Message}");
            }
        }
    }

    private void Show(WorkerStatus worker)
    {
        if (_shown[worker.Index] == worker) return;
        _shown[worker.Index] = worker;
        observer.OnStatus(worker);
    }

    private static void Halt(LaunchPlan plan, IReadOnlyList<WorkerStatus> workers, StopController stop)
    {
        if (plan.Halt is HaltPolicy.Never || workers.FirstOrDefault(worker => worker.State is WorkerState.Failed) is not { } failed) return;
        stop.Request(new StopReason(StopCause.WorkerFailed, string.Create(CultureInfo.InvariantCulture,
            $"worker {failed.Index} failed with exit code {failed.ExitCode}")));
    }

    private async Task PassOnAsync(StopStage stage)
    {
        // A second SIGINT would end the workers' trials at once.
        if (stage is StopStage.Interrupt && StopFile.IsThere(run.Directory)) return;
        // A folder that is full, or gone, must not keep the engine from stopping them.
        faults.Guard("The run's stop file", () => StopFile.Write(run.Directory));
        try
        {
            await TryAsync(stage);
        }
        catch (Exception error)
        {
            faults.Add("The stop of the workers", error);
        }
    }

    private async Task TryAsync(StopStage stage)
    {
        try
        {
            await engine.StopAsync(run, stage, CancellationToken.None);
        }
        catch (EngineAwayException)
        {
            // The next look tells that it is away. The agents find the run's stop file.
        }
    }
}
