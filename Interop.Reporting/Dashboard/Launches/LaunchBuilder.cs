using Hpo.Interop.Launches;
using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.Interop.Reporting.Dashboard.Launches;

/// <summary>Puts together what a run's record and the study's trials tell of it.</summary>
/// <param name="trials">The study's trials.</param>
/// <param name="now">The time now, in the clock of the trials.</param>
/// <param name="stopArguments">What follows the run's name in the command that stops it.</param>
internal sealed class LaunchBuilder(OwnedTrials trials, DateTime now, string stopArguments)
{
    private static readonly TrialState[] Finished = [TrialState.Complete, TrialState.Pruned];

    /// <summary>A run whose record is known.</summary>
    /// <param name="found">The run.</param>
    /// <param name="isStopped">Whether this dashboard has asked it to stop.</param>
    public LaunchView Of(FoundRun found, bool isStopped)
    {
        LaunchedRun run = found.Run;
        OwnedRun? owned = trials.Runs.GetValueOrDefault(found.Paths.Id);
        string state = StateOf(run, isStopped);
        bool goesOn = state is not ("finished" or "killed");
        TrialState[] counted = Counted(run.Plan?.Count);
        double? rate = goesOn && run.Started is { } began ? trials.Ends.PerMinute(counted, began.LocalDateTime, now) : null;
        int done = trials.In(counted);
        return new LaunchView
        {
            Run = found.Paths.Id,
            State = state,
            Host = run.Launcher?.Host,
            Job = run.Job,
            Started = run.Started?.ToUnixTimeMilliseconds(),
            Finished = run.Finished?.ToUnixTimeMilliseconds(),
            ExitCode = run.ExitCode,
            StopReason = run.StopReason,
            Problems = [.. run.Errors, .. run.Warnings],
            Done = done,
            Total = run.Plan?.TotalTrials,
            TrialsPerMinute = rate,
            SecondsLeft = run.Plan?.TotalTrials is { } total && rate is { } perMinute ? Math.Max(0, total - done) * 60 / perMinute : null,
            CanStop = run.IsLed is true,
            StopCommand = goesOn ? $"ParallelLauncher stop {found.Paths.Id}{stopArguments}" : null,
            Workers = [.. run.Workers.Select(worker => Worker(worker, owned?.Workers.GetValueOrDefault(worker.Index), run, state))],
        };
    }

    /// <summary>A run of which only its trials tell.</summary>
    public LaunchView Of(string run, OwnedRun owned) => new()
    {
        Run = run,
        State = LaunchView.OfTrials,
        Started = owned.Began is { } began ? SnapshotBuilder.Milliseconds(began) : null,
        Done = trials.In(Finished),
        TrialsPerMinute = owned.HasRunning && owned.Began is { } since ? trials.Ends.PerMinute(Finished, since, now) : null,
        Workers = [.. owned.Workers.Select(worker => Worker(worker.Key, worker.Value))],
    };

    private static string StateOf(LaunchedRun run, bool isStopped) => run.State switch
    {
        LaunchRecord.Detached => "detached",
        LaunchRecord.Running => run.IsLed switch
        {
            true => isStopped || run.IsStopping ? "stopping" : "running",
            false => "killed",
            null => "elsewhere",
        },
        _ => "finished",
    };

    private static WorkerView Worker(WorkerRecord worker, OwnedWorker? owned, LaunchedRun run, string state) => new()
    {
        Index = worker.Index,
        Host = worker.Host ?? owned?.Owner?.Host ?? run.Launcher?.Host,
        ProcessId = worker.ProcessId ?? owned?.Owner?.Pid,
        State = StateOf(worker, owned, state),
        Reason = state == "detached" ? null : worker.Reason,
        Trial = owned?.Trial,
        Start = Math.Max(worker.Start, owned?.Owner?.Start ?? 0),
        Restarts = worker.Restarts,
        Complete = owned?.Complete ?? worker.Complete ?? 0,
        Pruned = owned?.Pruned ?? worker.Pruned ?? 0,
        Failed = owned?.Failed ?? worker.Failed ?? 0,
        LastValue = owned?.LastValue ?? worker.LastValue,
        Problem = worker.Problem,
        ExitCode = worker.ExitCode,
    };

    private static WorkerView Worker(int index, OwnedWorker owned) => new()
    {
        Index = index,
        Host = owned.Owner?.Host,
        ProcessId = owned.Owner?.Pid,
        State = StateOf(owned),
        Trial = owned.Trial,
        Start = owned.Owner?.Start ?? 0,
        Complete = owned.Complete,
        Pruned = owned.Pruned,
        Failed = owned.Failed,
        LastValue = owned.LastValue,
    };

    // Nobody keeps the record of a run up to date that has no launcher (any more).
    private static string StateOf(WorkerRecord worker, OwnedWorker? owned, string run) => run is not ("detached" or "killed") || worker.HasEnded
        ? worker.State
        : owned is not null ? StateOf(owned) : run == "killed" ? "gone" : "unknown";

    private static string StateOf(OwnedWorker worker) =>
        worker.Owner is { } owner && ProcessIdentity.Of(owner).IsAlive() is false ? "gone" : worker.Trial is null ? "no trial" : "running";

    private static TrialState[] Counted(string? states) =>
        [.. (states ?? "").Split(',').Select(state => Enum.TryParse(state, ignoreCase: true, out TrialState known) ? known : TrialState.Complete).Distinct()];
}
