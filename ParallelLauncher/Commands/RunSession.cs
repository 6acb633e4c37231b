using System.Globalization;
using Hpo.Interop;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Display;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Results;
using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;
using Microsoft.Extensions.Logging;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>How a run ended.</summary>
internal sealed record RunResult(
    int ExitCode, StopReason? StopReason, IReadOnlyList<WorkerStatus> Workers, StudySnapshot? Study, IReadOnlyList<string> Errors);

/// <summary>The time in which the workers run: watches the study, the budget and the time limit.</summary>
internal sealed class RunSession(LaunchPlan plan, RunPaths paths, WorkerServices services, ILaunchView view, ILogger logger)
{
    private readonly TimeProvider _time = services.Time;

    public async Task<RunResult> RunAsync(StopController stop)
    {
        await using IStudyProgress? progress = StudyProgress.For(plan.Storage, plan.StudyName);
        ProgressMonitor? monitor = progress is null ? null : new ProgressMonitor(progress, _time, logger);
        TrialBudget? budget = plan.TotalTrials is { } total ? new TrialBudget(total, TrialBudget.DefaultPatience, _time) : null;
        if (monitor is not null && budget is not null
            && await monitor.TryReadAsync(stop.Requested) is { } before && budget.IsReached(before.Counts))
        {
            view.OnNote(string.Create(CultureInfo.InvariantCulture,
                $"the study has {before.Counts.Finished} finished trials already, and {budget.Total} were asked for: nothing is left to do"));
            return new RunResult(WorkerExitCode.Success, null, [], before, []);
        }

        IReadOnlyList<WorkerStatus> workers = await RunWorkersAsync(monitor, budget, stop);
        StudySnapshot? after = monitor is null ? null : await monitor.TryReadAsync(CancellationToken.None);
        bool? budgetMet = budget is null || after is null ? null : budget.IsReached(after.Counts);
        int exitCode = ExitCodes.Aggregate(stop.Reason, workers, budgetMet);
        return new RunResult(exitCode, stop.Reason, workers, after, Errors(workers, budget, after, exitCode));
    }

    private async Task<IReadOnlyList<WorkerStatus>> RunWorkersAsync(ProgressMonitor? monitor, TrialBudget? budget, StopController stop)
    {
        using var ended = new CancellationTokenSource();
        await using ITimer? timeout = plan.Timeout is not { } limit ? null : _time.CreateTimer(
            _ => stop.Request(new StopReason(
                StopCause.Timeout,
                string.Create(CultureInfo.InvariantCulture, $"the time limit of {limit.TotalSeconds:0.#} s is reached"),
                WorkerExitCode.Timeout)),
            null, limit, Timeout.InfiniteTimeSpan);
        Task watching = monitor?.RunAsync(OnSnapshot, ended.Token) ?? Task.CompletedTask;
        IReadOnlyList<WorkerStatus> workers = await new LocalBackend(services).RunAsync(plan, paths, stop);
        await ended.CancelAsync();
        await watching;
        return workers;

        void OnSnapshot(StudySnapshot snapshot)
        {
            view.OnSnapshot(snapshot);
            if (budget?.IsOverdue(snapshot.Counts) == true)
            {
                stop.Request(new StopReason(StopCause.BudgetReached, string.Create(CultureInfo.InvariantCulture,
                    $"the study has its {budget.Total} finished trials")));
            }
        }
    }

    private static List<string> Errors(
        IReadOnlyList<WorkerStatus> workers, TrialBudget? budget, StudySnapshot? after, int exitCode)
    {
        List<string> errors = [.. workers.Where(worker => worker.State is WorkerState.Failed).Select(worker =>
            string.Create(CultureInfo.InvariantCulture,
                $"Worker {worker.Index} failed with exit code {worker.ExitCode} after {worker.Restarts} restarts.") +
            (worker.Problem is { } problem ? " " + problem : ""))];
        if (budget is not null && after is not null && !budget.IsReached(after.Counts) && exitCode != WorkerExitCode.Success)
        {
            errors.Add(string.Create(CultureInfo.InvariantCulture,
                $"The study has {after.Counts.Finished} finished trials of the {budget.Total} that were asked for. Run the same command again to go on."));
        }

        return errors;
    }
}
