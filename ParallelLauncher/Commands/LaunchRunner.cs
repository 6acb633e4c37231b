using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Display;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Results;
using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;
using Microsoft.Extensions.Logging;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>Takes a request from its validation to the exit code: plan, prepare, run, report.</summary>
internal sealed class LaunchRunner(LaunchConsole console, ILoggerFactory loggers, TimeProvider time)
{
    private readonly ILogger _logger = loggers.CreateLogger("launch");

    // The search for one takes as long as all else before the first worker.
    private readonly Lazy<PythonInstallation> _python = new(() => PythonLocator.Find());

    public async Task<int> RunAsync(LaunchRequest request)
    {
        var resolver = new WorkerResolver(
            Directory.GetCurrentDirectory(),
            Path.GetDirectoryName(Environment.ProcessPath)!,
            () => _python.Value.Executable);
        // Where the hosts share no folder the worker is theirs: an agent looks for it.
        bool isElsewhere = ClusterBackends.TryFind(request.Backend) is { SharesFolders: false };
        var planner = new LaunchPlanner(isElsewhere ? WorkerCommand.Elsewhere : resolver.Resolve, ClusterFaults.Of);
        if (planner.Plan(request, out IReadOnlyList<PlanFault> mistakes) is not { } plan)
        {
            int exitCode = mistakes.Any(mistake => mistake.ExitCode == WorkerExitCode.Usage) ? WorkerExitCode.Usage : mistakes[0].ExitCode;
            return Refuse(request.Json, exitCode, [.. mistakes.Select(mistake => mistake.Message)], null);
        }

        foreach (string warning in plan.Warnings) console.WriteError($"warning: {warning}");
        if (request.DryRun) return ShowPlan(request, plan);

        var faults = new RunFaults(console.WriteError);
        // On a cluster the agents lead their workers through the stages; the launcher leaves them the time for it.
        TimeSpan grace = request.Backend == LaunchRequest.LocalBackend ? plan.Grace : plan.Grace + ClusterLaunch.StopTime;
        using var stop = new StopController(grace, time, faults);
        using var signals = new StopSignals(stop, hangsUp: request.Backend == LaunchRequest.LocalBackend);
        try
        {
            return await LaunchAsync(request, plan, stop, faults);
        }
        catch (LaunchException error)
        {
            return Refuse(request.Json, error.ExitCode, [error.Message], plan);
        }
        catch (OperationCanceledException) when (stop.Requested.IsCancellationRequested)
        {
            return Refuse(request.Json, stop.Reason!.ExitCode ?? WorkerExitCode.Failure, [$"Stopped before any worker ran: {stop.Reason.Description}."], plan);
        }
    }

    /// <summary>Reports why nothing was started.</summary>
    public int Refuse(bool json, int exitCode, IReadOnlyList<string> errors, LaunchPlan? plan)
    {
        foreach (string error in errors) console.WriteError(error);
        if (json) WriteEvent("refused", new RunRecord
        {
            State = "refused",
            ExitCode = exitCode,
            Errors = errors,
            Plan = plan is null ? null : PlanRecord.Of(plan),
        });
        return exitCode;
    }

    private async Task<int> LaunchAsync(LaunchRequest request, LaunchPlan plan, StopController stop, RunFaults faults)
    {
        // Workers that a launcher only watches run what was built for them.
        if (request.Attaches is null && plan.Worker.Project is { } project)
        {
            console.WriteError($"building {project}");
            plan = plan with { Worker = await ProjectBuilder.BuildAsync(plan.Worker, stop.Requested) };
        }

        using var spawner = new SpawnThread();
        using IProcessPlatform platform = ProcessPlatform.Detect();
        platform.Begin(spawner);
        List<string> warnings = [.. plan.Warnings];
        if (platform.Limitation is { } limitation) Warn(limitation);
        if (await new FirstConnection(time, _logger).OpenAsync(plan.Storage, plan.Workers, stop.Requested) is { } warning) Warn(warning);

        ClusterLaunch? cluster = ClusterBackends.Find(request.Backend) is { } engine ? new ClusterLaunch(engine, console.WriteError, time) : null;
        RunPaths paths;
        string? job = null;
        if (request.Attaches is { } attached)
        {
            paths = RunPaths.Existing(Path.Combine(plan.LogDirectory, attached));
            RunRecord record = RunRecord.Read(paths);
            job = record.Job;
            plan = plan with { Run = attached, OptunaWritesUtc = ClusterRuns.AgentPlanOf(record).OptunaWritesUtc };
        }
        else
        {
            if (cluster is not null) await cluster.CheckAsync(plan, stop.Requested);
            PrepareResult prepared = await new StudyPreparation(spawner, platform, _python).RunAsync(plan, stop.Requested);
            paths = FileErrors.Require(plan.LogDirectory, () => RunFolder.Create(plan.LogDirectory, time));
            plan = plan with
            {
                Run = paths.Id,
                Python = prepared.Python,
                OptunaWritesUtc = prepared.WritesUtc,
                Worker = FileErrors.Require(paths.Directory, () => plan.Worker.UnderContract(paths)),
            };
            if (cluster is not null)
            {
                // Before the engine has it: whatever becomes of this launcher then, the run is found.
                FileErrors.Require(paths.Directory, () => AtomicFile.WriteText(paths.RunFile, Begun(cluster.JobOf(plan)).ToJson()));
                job = await cluster.SubmitAsync(plan, paths, stop.Requested);
            }
        }

        RunRecord running = Begun(job);
        if (request.Detach) return Detach(request, running, paths, faults);
        return await new RunReport(console, faults, time).RunAsync(request, plan, paths, running, stop, async observer =>
        {
            using IDisposable stages = stop.Subscribe(stage => observer.OnStop(stage, stop.Reason!));
            var services = new WorkerServices
            {
                Spawner = spawner,
                Platform = platform,
                Observer = observer,
                Logger = loggers.CreateLogger("worker"),
                Time = time,
            };
            IWorkerBackend backend = cluster is null
                ? new LocalBackend(services, faults)
                : cluster.Workers(plan, paths, observer, faults);
            return await new RunSession(plan, paths, backend, observer, time, faults, _logger).RunAsync(stop);
        });

        RunRecord Begun(string? job) => new()
        {
            Run = paths.Id,
            State = request.Detach ? RunRecord.Detached : RunRecord.Running,
            Job = job,
            Launcher = ProcessIdentity.Current,
            Started = time.GetUtcNow(),
            Directory = paths.Directory,
            Warnings = warnings,
            Plan = PlanRecord.Of(plan),
        };

        void Warn(string warning)
        {
            warnings.Add(warning);
            console.WriteError($"warning: {warning}");
        }
    }

    private int Detach(LaunchRequest request, RunRecord run, RunPaths paths, RunFaults faults)
    {
        faults.Guard(paths.RunFile, () => AtomicFile.WriteText(paths.RunFile, run.ToJson()));
        if (request.Json) WriteEvent("detached", run);
        else
        {
            console.Output.WriteLine($"The run {run.Run} is {run.Job}, with {run.Plan!.Workers} workers on the study {run.Plan.Study}.");
            console.Output.WriteLine($"How far it is: ParallelLauncher status --study {run.Plan.Study}");
            console.Output.WriteLine($"Stop it: ParallelLauncher stop {run.Run}. Watch it, or go on with it: ParallelLauncher --resume {run.Run}");
        }

        return WorkerExitCode.Success;
    }

    private int ShowPlan(LaunchRequest request, LaunchPlan plan)
    {
        var record = new RunRecord { State = "planned", Warnings = plan.Warnings, Plan = PlanRecord.Of(plan) };
        if (request.Json) WriteEvent("planned", record);
        else PlanText.Write(console.Summary(json: false), record.Plan, record.Warnings);
        if (!request.Json && ClusterBackends.Find(request.Backend) is { } engine
            && new ClusterLaunch(engine, console.WriteError, time).Manifest(plan) is { } manifest)
        {
            console.Output.WriteLine();
            console.Output.WriteLine(manifest);
        }

        return WorkerExitCode.Success;
    }

    private void WriteEvent(string name, RunRecord run) =>
        new EventLog(time, console.Output.WriteLine).Write(new LaunchEvent { Event = name, Run = run });
}
