using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Display;
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
internal sealed class RunSession(
    LaunchPlan plan, RunPaths paths, IWorkerBackend backend, ILaunchObserver observer, TimeProvider time, RunFaults faults, ILogger logger)
{
    public async Task<RunResult> RunAsync(StopController stop)
    {
        using StudyDatabase? database = StudyDatabase.For(plan.Storage, plan.StudyName);
        if (database is null)
        {
            IReadOnlyList<WorkerStatus> alone = await RunWorkersAsync(new UnknownWork(), stop);
            int code = ExitCodes.Aggregate(stop.Reason, alone, budgetMet: null);
            return new RunResult(code, stop.Reason, alone, null, null, [.. FailuresOf(alone)]);
        }

        using var watch = new StudyWatch(plan, database, observer, stop, time, logger);
        await watch.BeginAsync(stop.Requested);
        if (watch.Failure is not null) return Result(watch, [], new StudyEnd(null), stop);
        if (watch.Done.IsCancellationRequested)
        {
            observer.OnNote(stop.Reason is { } reached
                ? $"{reached.Description} already: nothing is left to do"
                : string.Create(CultureInfo.InvariantCulture,
                    $"the study has {watch.Progress!.Finished} finished trials already, and {plan.TotalTrials} were asked for: nothing is left to do"));
            StudyEnd last = await watch.EndAsync();
            return new RunResult(WorkerExitCode.Success, null, [], watch.Progress, last.Best, Problems(watch, last));
        }

        IReadOnlyList<WorkerStatus> workers = await WatchAsync(watch, stop);
        StudyEnd end = await watch.EndAsync();
        bool isExhausted = await watch.IsExhaustedAsync();
        if (isExhausted)
        {
            observer.OnNote(string.Create(CultureInfo.InvariantCulture,
                $"the sampler has no further point: the study ends with {watch.Progress!.Finished} finished trials of the {plan.TotalTrials} that were asked for"));
        }
        return Result(watch, workers, end, stop, isExhausted);
    }

    private RunResult Result(
        StudyWatch watch, IReadOnlyList<WorkerStatus> workers, StudyEnd end, StopController stop, bool isExhausted = false)
    {
        int exitCode = ExitCodes.Aggregate(stop.Reason, workers, isExhausted ? null : watch.IsBudgetMet);
        // The study may lack trials that were asked for, which the last poll could not read.
        if (end.Problem is not null && stop.Reason is null && watch.IsBudgetMet is not true) exitCode = WorkerExitCode.Storage;
        List<string> errors = [.. FailuresOf(workers), .. Problems(watch, end)];
        if (watch.IsBudgetMet is false && exitCode != WorkerExitCode.Success) errors.Add(Missing(watch.Progress!));
        return new RunResult(exitCode, stop.Reason, workers, watch.Progress, end.Best, errors);
    }

    private async Task<IReadOnlyList<WorkerStatus>> WatchAsync(StudyWatch watch, StopController stop)
    {
        using var ended = new CancellationTokenSource();
        Task watching = WatchOrStopAsync(watch, stop, ended.Token);
        try
        {
            return await RunWorkersAsync(watch, stop);
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
        }
    }

    private async Task<IReadOnlyList<WorkerStatus>> RunWorkersAsync(IWorkSource work, StopController stop)
    {
        await using ITimer? timeout = plan.Timeout is not { } limit ? null : time.CreateTimer(
            _ => stop.Request(new StopReason(
                StopCause.Timeout,
                string.Create(CultureInfo.InvariantCulture, $"the time limit of {limit.TotalSeconds:0.#} s is reached"),
                WorkerExitCode.Timeout)),
            null, limit, Timeout.InfiniteTimeSpan);
        return await backend.RunAsync(plan, paths, work, stop);
    }

    // Without the watch nobody would fail lost trials or see the budget met.
    private async Task WatchOrStopAsync(StudyWatch watch, StopController stop, CancellationToken ended)
    {
        try
        {
            await watch.RunAsync(ended);
        }
        catch (Exception error)
        {
            faults.Add("The watch of the study", error);
            stop.Request(new StopReason(
                StopCause.LauncherFailed, $"the watch of the study failed: {error.Message}", WorkerExitCode.Failure));
        }
    }

    private static IEnumerable<string> FailuresOf(IEnumerable<WorkerStatus> workers) =>
        workers.Where(worker => worker.State is WorkerState.Failed).Select(worker =>
            string.Create(CultureInfo.InvariantCulture,
                $"Worker {worker.Index} failed with exit code {worker.ExitCode} after {worker.Restarts} restarts.") +
            (worker.Problem is { } problem ? " " + problem : ""));

    private static IReadOnlyList<string> Problems(StudyWatch watch, StudyEnd end) =>
        [.. ((string?[])[watch.Failure, end.Problem]).OfType<string>().Select(Texts.Sentence)];

    private string Missing(RunProgress progress)
    {
        int running = progress.Study.Counts.Running;
        return string.Create(CultureInfo.InvariantCulture,
            $"The study has {progress.Finished} finished trials of the {plan.TotalTrials} that were asked for. Run the same command again to go on.") +
            (running > 0 ? string.Create(CultureInfo.InvariantCulture, $" {running} trials are RUNNING elsewhere.") : "");
    }
}
