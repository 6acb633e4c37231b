using Hpo.Interop;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Results;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>Finds what <c>--resume</c> goes on with.</summary>
internal static class ResumedRun
{
    /// <param name="logDirectory">Where the runs are.</param>
    /// <param name="name">The run's name or the beginning of it, or null.</param>
    /// <param name="worker">The worker that was given, or null to take everything from the run.</param>
    /// <param name="study">The study that was given, or null.</param>
    /// <exception cref="LaunchException">There is no such run, or it still goes on.</exception>
    public static LaunchRequest Find(string logDirectory, string? name, string? worker, string? study)
    {
        if (worker is not null && name is not null)
            throw Refusal($"--resume {name} takes the worker from the run: leave out {worker}, or the run's name.");
        RunRecord? run = name is null ? Newest(logDirectory, worker, study) : NamedRun.FindAsync(logDirectory, name, CancellationToken.None).GetAwaiter().GetResult();
        if (run is not null && !NamedRun.HasFolder(run))
        {
            throw Refusal($"The folder of the run {run.Run} ({run.Job}), {(run.Directory is { Length: > 0 } folder ? folder : "runs")}, is not on this host: "
                + $"go on where it is. Stop it from here: ParallelLauncher stop {run.Job}");
        }
        if (run is { Job: not null }) run = ClusterRuns.RefreshAsync(run, TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();
        if (run is { Job: not null, IsLed: not true, IsRunning: not false })
        {
            return worker is null ? Attached(run) : throw Refusal(
                $"The run {run.Run} of this study still goes on as {run.Job}. Watch it: ParallelLauncher --resume {run.Run}. Stop it: ParallelLauncher stop {run.Run}");
        }

        if (run?.IsRunning is true)
        {
            throw Refusal(FormattableString.Invariant(
                $"The run {run.Run} still goes on (process {run.Launcher!.Pid}). Stop it first: ParallelLauncher stop {run.Run}"));
        }

        // With a worker there may be no earlier run here: the study itself is gone on with.
        if (worker is not null) return new LaunchRequest { IsResumed = true, Resumes = run?.Run, FirstStarts = NextStarts(run) };
        if (run?.Plan is not { } plan)
            throw Refusal($"There is no run to resume in {Path.GetFullPath(logDirectory)}. Name the worker, or the folder with --log-dir.");
        if (plan.WorkerArguments.Any(argument => argument.Contains("***", StringComparison.Ordinal)))
            throw Refusal($"The run {run.Run} had a password in its worker's arguments, which is not kept: give the whole command, and --resume.");
        Directory.SetCurrentDirectory(plan.WorkingDirectory);
        LaunchRequest request = plan.ToRequest();
        if (request.Storage is null && run.Job is not null) request = request with { Storage = ClusterRuns.AgentPlanOf(run).Request.Storage };
        if (request.Storage is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(WorkerEnvironment.StorageVariable)))
            throw Refusal($"The run's storage is {plan.Storage}, whose password is not kept: set {WorkerEnvironment.StorageVariable}, or give --storage.");
        return request with { Detach = false, IsResumed = true, Resumes = run.Run, FirstStarts = NextStarts(run) };
    }

    // Its workers go on: this launcher watches them from now on.
    private static LaunchRequest Attached(RunRecord run)
    {
        AgentPlan given = ClusterRuns.AgentPlanOf(run);
        return given.Request with
        {
            Worker = run.Plan!.Worker,
            WorkerArguments = given.WorkerArguments,
            Detach = false,
            Attaches = run.Run,
            LogDirectory = Path.GetDirectoryName(run.Directory)!,
        };
    }

    private static RunRecord? Newest(string logDirectory, string? worker, string? study) =>
        RunRecord.ReadAll(logDirectory, tell: _ => { }).FirstOrDefault(run =>
            run.Plan is { } plan
            && (worker is null || plan.Study == (study ?? Path.GetFileNameWithoutExtension(worker)))
            && (study is null || plan.Study == study));

    // Each start has a seed of its own, over all runs that go on with each other.
    private static int[] NextStarts(RunRecord? run) => [.. run?.Workers.Select(worker => worker.Start + 1) ?? []];

    private static LaunchException Refusal(string message) => new(message, WorkerExitCode.Usage);
}
