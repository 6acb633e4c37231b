using System.Globalization;
using Hpo.Interop;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Results;
using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;
using Microsoft.Extensions.Logging;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>How a run ended.</summary>
internal sealed record RunResult(
    int ExitCode,
    StopReason? StopReason,
    IReadOnlyList<WorkerStatus> Workers,
    RunProgress? Progress,
    BestTrial? Best,
    IReadOnlyList<string> Errors);

/// <summary>The time in which the workers run: watches the study, the budget, the target and the time limit.</summary>
internal sealed class RunSession(LaunchPlan plan, RunPaths paths, WorkerServices services, ILaunchObserver observer, ILogger logger)
{
    private readonly TimeProvider _time = services.Time;

    public async Task<RunResult> RunAsync(StopController stop)
    {
        await using StudyDatabase? database = StudyDatabase.For(plan.Storage, plan.StudyName);
        if (database is null)
        {
            IReadOnlyList<WorkerStatus> alone = await RunWorkersAsync(services, stop);
            int code = ExitCodes.Aggregate(stop.Reason, alone, budgetMet: null);
            return new RunResult(code, stop.Reason, alone, null, null, Errors(alone, null, code));
        }

        using var watch = new StudyWatch(plan, database, observer, stop, _time, logger);
        await watch.BeginAsync(stop.Requested);
        if (watch.Done.IsCancellationRequested)
        {
            observer.OnNote(stop.Reason is { } reached
                ? $"{reached.Description} already: nothing is left to do"
                : string.Create(CultureInfo.InvariantCulture,
                    $"the study has {watch.Progress!.Finished} finished trials already, and {plan.TotalTrials} were asked for: nothing is left to do"));
            return new RunResult(WorkerExitCode.Success, null, [], watch.Progress, await watch.EndAsync(), []);
        }

        IReadOnlyList<WorkerStatus> workers = await WatchAsync(watch, stop);
        BestTrial? best = await watch.EndAsync();
        int exitCode = ExitCodes.Aggregate(stop.Reason, workers, watch.IsBudgetMet);
        return new RunResult(exitCode, stop.Reason, workers, watch.Progress, best, Errors(workers, watch, exitCode));
    }

    private async Task<IReadOnlyList<WorkerStatus>> WatchAsync(StudyWatch watch, StopController stop)
    {
        using var ended = new CancellationTokenSource();
        Task watching = watch.RunAsync(ended.Token);
        try
        {
            return await RunWorkersAsync(services with { Work = watch }, stop);
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
        }
    }

    private async Task<IReadOnlyList<WorkerStatus>> RunWorkersAsync(WorkerServices shared, StopController stop)
    {
        await using ITimer? timeout = plan.Timeout is not { } limit ? null : _time.CreateTimer(
            _ => stop.Request(new StopReason(
                StopCause.Timeout,
                string.Create(CultureInfo.InvariantCulture, $"the time limit of {limit.TotalSeconds:0.#} s is reached"),
                WorkerExitCode.Timeout)),
            null, limit, Timeout.InfiniteTimeSpan);
        return await new LocalBackend(shared).RunAsync(plan, paths, stop);
    }

    private List<string> Errors(IReadOnlyList<WorkerStatus> workers, StudyWatch? watch, int exitCode)
    {
        List<string> errors = [.. workers.Where(worker => worker.State is WorkerState.Failed).Select(worker =>
            string.Create(CultureInfo.InvariantCulture,
                $"Worker {worker.Index} failed with exit code {worker.ExitCode} after {worker.Restarts} restarts.") +
            (worker.Problem is { } problem ? " " + problem : ""))];
        if (watch?.IsBudgetMet is false && exitCode != WorkerExitCode.Success)
        {
            int running = watch.Progress!.Study.Counts.Running;
            errors.Add(string.Create(CultureInfo.InvariantCulture,
                $"The study has {watch.Progress.Finished} finished trials of the {plan.TotalTrials} that were asked for. Run the same command again to go on.") +
                (running > 0 ? string.Create(CultureInfo.InvariantCulture, $" {running} trials are RUNNING elsewhere.") : ""));
        }

        return errors;
    }
}
