using System.Globalization;
using System.Net;
using Hpo.Interop;
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
    // The starts of an attempt are numbered from here on, so that those of a host that is cut off are not counted twice.
    private const int StartsPerAttempt = 1024;

    // All agents together ask the database so often in a second at most.
    private const double PollsPerSecond = 10;
    private static readonly TimeSpan ShortestPollInterval = TimeSpan.FromSeconds(2);

    public async Task<int> RunAsync(AgentPlan given, int index, int attempt)
    {
        foreach ((string name, string value) in given.Environment)
            if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))) Environment.SetEnvironmentVariable(name, value);
        if (given.WorkingDirectory is { } folder) Enter(folder);

        LaunchPlan plan = PlanOf(given, index, attempt);
        string directory = given.Directory ?? Directory.CreateTempSubdirectory("hpo-").FullName;
        var paths = RunPaths.Existing(directory);
        if (given.Worker is null) plan = plan with { Worker = FileErrors.Require(directory, () => plan.Worker.UnderContract(paths)) };
        var faults = new RunFaults(console.WriteError);
        using var stop = new StopController(plan.Grace, time, faults);
        using var signals = new StopSignals(stop);
        using var watcher = new StopFileWatcher(directory, stop, time);
        using var reporter = new AgentReporter(console, faults, given.Directory, index, attempt);
        try
        {
            reporter.OnStatus(new WorkerStatus { Index = index, State = WorkerState.Waiting, Start = plan.FirstStart(index) });
            await new FirstConnection(time, NullLogger.Instance).OpenAsync(plan.Storage, 1, stop.Requested);
            reporter.OnContact();
            RunResult result = await RunWorkerAsync(plan, paths, index, reporter, faults, stop);
            bool goesOn = await MayGoOnAsync(given, result, stop, watcher);
            if (!goesOn) foreach (string error in result.Errors) console.WriteError(error);
            reporter.End(result.Workers is [var ended] ? ended : Ended(index, stop, result), goesOn);
            if (goesOn) await Requeue.RunAsync(given.Requeue, console);
            return result.ExitCode;
        }
        catch (LaunchException error)
        {
            console.WriteError($"{Dns.GetHostName()}: {error.Message}");
            reporter.End(Failed(index, error.ExitCode, $"on {Dns.GetHostName()}: {error.Message}"), isRequeued: false);
            return error.ExitCode;
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
        int first = (index < given.FirstStarts.Count ? given.FirstStarts[index] : 0) + attempt * StartsPerAttempt;
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

    private static WorkerStatus Failed(int index, int exitCode, string problem) =>
        new() { Index = index, State = WorkerState.Failed, ExitCode = exitCode, Problem = problem };
}
