using System.Globalization;
using System.Net;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Display;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hpo.ParallelLauncher.Commands.Agents;

/// <summary>
/// Runs one worker of a run on its host as the launcher would there: restarts it, stops it in order, fails the trial that it left, and
/// heeds budget, target and time limit, so that nobody need be attached to the run.
/// </summary>
internal sealed class AgentRunner(LaunchConsole console, TimeProvider time)
{
    // All agents together ask the database so often in a second at most.
    private const double PollsPerSecond = 10;
    private static readonly TimeSpan ShortestPollInterval = TimeSpan.FromSeconds(2);

    /// <summary>Runs the worker, and leaves a word of how it ended wherever one can be left.</summary>
    /// <param name="planFile">The agent's plan.</param>
    /// <param name="index">The worker's index.</param>
    /// <param name="attempt">How often the engine has started the task before.</param>
    public async Task<int> RunAsync(string planFile, int index, int attempt)
    {
        var faults = new RunFaults(console.WriteError);
        AgentPlan given;
        try
        {
            given = AgentPlan.Read(planFile);
        }
        catch (LaunchException error)
        {
            // Where the hosts share the run's folder the plan is in it, and there is who waits for this word.
            using var last = new AgentReporter(console, faults, Path.GetDirectoryName(planFile), index, attempt);
            return Fail(last, index, error);
        }

        using var reporter = new AgentReporter(console, faults, given.Directory, index, attempt);
        using var stop = new StopController(TimeSpan.FromSeconds(given.Request.GraceSeconds), time, faults);
        using var signals = new StopSignals(stop);
        try
        {
            return await RunAsync(given, reporter, stop, faults, index, attempt);
        }
        catch (LaunchException error)
        {
            return Fail(reporter, index, error);
        }
        catch (Exception error)
        {
            reporter.End(Failed(index, WorkerExitCode.Failure, $"on {Dns.GetHostName()}: {StorageUrl.MaskAll(error.Message)}"), isRequeued: false);
            throw;
        }
    }

    private async Task<int> RunAsync(AgentPlan given, AgentReporter reporter, StopController stop, RunFaults faults, int index, int attempt)
    {
        foreach ((string name, string value) in given.Environment)
            if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))) Environment.SetEnvironmentVariable(name, value);
        if (given.WorkingDirectory is { } folder) Enter(folder);

        LaunchPlan plan = PlanOf(given, index, attempt);
        string directory = given.Directory ?? Directory.CreateTempSubdirectory("hpo-").FullName;
        var paths = RunPaths.Existing(directory);
        if (given.Worker is null) plan = plan with { Worker = FileErrors.Require(directory, () => plan.Worker.UnderContract(paths)) };
        using var watcher = new StopFileWatcher(directory, stop, time);
        try
        {
            reporter.OnStatus(new WorkerStatus { Index = index, State = WorkerState.Waiting, Start = plan.FirstStart(index) });
            await new FirstConnection(time, NullLogger.Instance).OpenAsync(plan.Storage, 1, stop.Requested);
            reporter.OnContact();
            int first = await EarlierStarts.FirstAsync(plan, index, reporter, stop.Requested);
            plan = plan with { FirstStarts = [.. Enumerable.Repeat(first, index + 1)] };
            RunResult result = await RunWorkerAsync(plan, paths, index, reporter, faults, stop);
            bool goesOn = await MayGoOnAsync(given, result, stop, watcher);
            if (!goesOn) foreach (string error in result.Errors) console.WriteError(error);
            reporter.End(result.Workers is [var ended] ? ended : Ended(index, stop, result), goesOn);
            if (goesOn) await Requeue.RunAsync(given.Requeue, console);
            return result.ExitCode;
        }
        catch (OperationCanceledException) when (stop.Requested.IsCancellationRequested)
        {
            bool goesOn = await MayGoOnAsync(given, null, stop, watcher);
            reporter.End(new WorkerStatus { Index = index, State = WorkerState.Stopped, ExitCode = stop.Reason!.ExitCode }, goesOn);
            if (goesOn) await Requeue.RunAsync(given.Requeue, console);
            return stop.Reason.ExitCode ?? WorkerExitCode.Failure;
        }
    }

    private async Task<RunResult> RunWorkerAsync(
        LaunchPlan plan, RunPaths paths, int index, AgentReporter reporter, RunFaults faults, StopController stop)
    {
        using var spawner = new SpawnThread();
        using IProcessPlatform platform = ProcessPlatform.Detect();
        platform.Begin(spawner);
        var services = new WorkerServices
        {
            Spawner = spawner,
            Platform = platform,
            Observer = reporter,
            Logger = NullLogger.Instance,
            Time = time,
        };
        var backend = new LocalBackend(services, faults, [index]);
        return await new RunSession(plan, paths, backend, reporter, time, faults, NullLogger.Instance).RunAsync(stop);
    }

    private LaunchPlan PlanOf(AgentPlan given, int index, int attempt)
    {
        var own = new WorkerResolver(
            Directory.GetCurrentDirectory(), Path.GetDirectoryName(Environment.ProcessPath)!, () => PythonLocator.Find().Executable);
        var planner = new LaunchPlanner(given.Worker is { } worker ? (_, _) => worker : own.Resolve, ClusterFaults.Of);
        LaunchRequest request = given.Request with { LogDirectory = given.Directory ?? Path.GetTempPath() };
        if (planner.Plan(request, out IReadOnlyList<PlanFault> found) is not { } plan)
            throw new LaunchException(string.Join(' ', found.Select(fault => fault.Message)), found[0].ExitCode);
        int first = plan.FirstStart(index) + attempt * AgentPlan.StartsPerAttempt;
        TimeSpan pace = TimeSpan.FromSeconds(plan.Workers / PollsPerSecond);
        // Agents that start together do not poll together, nor take one free slot together.
        TimeSpan interval = (pace > ShortestPollInterval ? pace : ShortestPollInterval) * (0.75 + Random.Shared.NextDouble() / 2);
        return plan with
        {
            WorkerArguments = given.WorkerArguments,
            Run = given.Run,
            Python = given.Python,
            OptunaWritesUtc = given.OptunaWritesUtc,
            FirstStarts = [.. Enumerable.Repeat(first, index + 1)],
            CoresPerWorker = request.Settings.TryGetValue("cpus", out IReadOnlyList<string>? cpus)
                && int.TryParse(cpus[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int cores) ? cores : 1,
            PollInterval = interval,
            KeepsConnections = false,
            Timeout = given.Deadline - time.GetUtcNow() is { } left ? left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1) : null,
        };
    }

    // A task that its engine has ended, for its time limit or for a more important one, and not a person, nor the run's own end.
    private static async Task<bool> MayGoOnAsync(AgentPlan given, RunResult? result, StopController stop, StopFileWatcher watcher)
    {
        if (given.Requeue.Count == 0 || stop.Reason is not { Cause: StopCause.Signal } reason || await watcher.IsStoppedAsync()) return false;
        bool isPreempted = reason.ExitCode == WorkerExitCode.Terminated;
        bool isFinished = result is { ExitCode: WorkerExitCode.Success, Progress: not null };
        return !isFinished && (isPreempted || given.Resubmits);
    }

    private static void Enter(string folder)
    {
        try
        {
            Directory.SetCurrentDirectory(folder);
        }
        catch (Exception error) when (FileErrors.Is(error))
        {
            throw new LaunchException(
                $"The working directory {folder} is not on {Dns.GetHostName()}: {error.Message} All hosts have to share it.", WorkerExitCode.Environment);
        }
    }

    private static WorkerStatus Ended(int index, StopController stop, RunResult result) => new()
    {
        Index = index,
        State = result.ExitCode == WorkerExitCode.Success ? WorkerState.Succeeded
            : stop.Requested.IsCancellationRequested ? WorkerState.Stopped : WorkerState.Failed,
        ExitCode = result.ExitCode,
        Problem = result.Errors.Count == 0 ? null : string.Join(' ', result.Errors),
    };

    // The message comes last in the agent's output: an engine that keeps only its end shows that.
    private int Fail(AgentReporter reporter, int index, LaunchException error)
    {
        string message = $"on {Dns.GetHostName()}: {error.Message}";
        reporter.End(Failed(index, error.ExitCode, message), isRequeued: false);
        console.WriteError(message);
        return error.ExitCode;
    }

    private static WorkerStatus Failed(int index, int exitCode, string problem) =>
        new() { Index = index, State = WorkerState.Failed, ExitCode = exitCode, Problem = problem };
}
