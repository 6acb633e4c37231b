using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Storages;
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

    public async Task<int> RunAsync(LaunchRequest request)
    {
        var planner = new LaunchPlanner(new WorkerResolver(
            Directory.GetCurrentDirectory(),
            Path.GetDirectoryName(Environment.ProcessPath)!,
            () => PythonLocator.Find().Executable));
        if (planner.Plan(request, out IReadOnlyList<PlanFault> faults) is not { } plan)
        {
            int exitCode = faults.Any(fault => fault.ExitCode == WorkerExitCode.Usage) ? WorkerExitCode.Usage : faults[0].ExitCode;
            return Refuse(request, exitCode, [.. faults.Select(fault => fault.Message)], null);
        }

        foreach (string warning in plan.Warnings) console.WriteError($"warning: {warning}");
        if (request.DryRun) return ShowPlan(request, plan);

        using var stop = new StopController(plan.Grace, time);
        using var signals = new StopSignals(stop);
        try
        {
            return await LaunchAsync(request, plan, stop);
        }
        catch (LaunchException error)
        {
            return Refuse(request, error.ExitCode, [error.Message], plan);
        }
        catch (OperationCanceledException) when (stop.Requested.IsCancellationRequested)
        {
            return Refuse(request, stop.Reason!.ExitCode ?? WorkerExitCode.Failure, [$"Stopped before any worker ran: {stop.Reason.Description}."], plan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Refuse(request, WorkerExitCode.Failure, [$"The run's files cannot be written: {error.Message}"], plan);
        }
    }

    private async Task<int> LaunchAsync(LaunchRequest request, LaunchPlan plan, StopController stop)
    {
        plan = plan with { Worker = await ProjectBuilder.BuildAsync(plan.Worker, stop.Requested) };
        using var spawner = new SpawnThread();
        IProcessPlatform platform = ProcessPlatform.Detect();
        List<string> warnings = [.. plan.Warnings];
        if (platform.Limitation is { } limitation) Warn(limitation);
        if (plan.Storage.Dialect is StorageDialect.MySql)
        {
            string? connections = await new MySqlDatabase(plan.Storage, _logger).EnsureAsync(plan.Workers, stop.Requested);
            if (connections is not null) Warn(connections);
        }

        PrepareResult prepared = await new StudyPreparation(spawner, platform).RunAsync(plan, stop.Requested);
        plan = plan with { Python = prepared.Python };
        RunPaths paths = RunPaths.Create(plan.LogDirectory, time);
        var running = new RunRecord
        {
            Run = paths.Id,
            State = "running",
            LauncherProcessId = Environment.ProcessId,
            Started = time.GetUtcNow(),
            Directory = paths.Directory,
            Warnings = warnings,
            Plan = PlanRecord.Of(plan),
        };
        AtomicFile.WriteAllText(paths.RunFile, running.ToJson());

        RunResult result;
        await using (ILaunchView view = console.CreateView(plan, request.Json, request.Verbose, time))
        {
            stop.StageBegan += (stage, reason) => view.OnNote(Describe(stage, reason, plan));
            var services = new WorkerServices
            {
                Spawner = spawner,
                Platform = platform,
                Observer = view,
                Logger = loggers.CreateLogger("worker"),
                Time = time,
            };
            result = await new RunSession(plan, paths, services, view, _logger).RunAsync(stop);
        }

        return Report(request, paths, Finish(running, paths, result));

        void Warn(string warning)
        {
            warnings.Add(warning);
            console.WriteError($"warning: {warning}");
        }
    }

    private RunRecord Finish(RunRecord running, RunPaths paths, RunResult result) => running with
    {
        State = "finished",
        ExitCode = result.ExitCode,
        StopReason = result.StopReason?.Description,
        Errors = result.Errors,
        Finished = time.GetUtcNow(),
        Workers = [.. result.Workers.Select(worker => WorkerRecord.Of(worker, paths))],
        Study = result.Study is { } study ? StudyRecord.Of(study) : null,
    };

    private int Report(LaunchRequest request, RunPaths paths, RunRecord record)
    {
        AtomicFile.WriteAllText(paths.RunFile, record.ToJson());
        RunSummary.Write(console.Summary(request.Json), record);
        if (request.Json) console.Output.WriteLine(record.ToJson());
        return record.ExitCode!.Value;
    }

    private int ShowPlan(LaunchRequest request, LaunchPlan plan)
    {
        var record = new RunRecord { State = "planned", Warnings = plan.Warnings, Plan = PlanRecord.Of(plan) };
        if (request.Json) console.Output.WriteLine(record.ToJson());
        else RunSummary.WritePlan(console.Summary(json: false), record);
        return WorkerExitCode.Success;
    }

    private int Refuse(LaunchRequest request, int exitCode, IReadOnlyList<string> errors, LaunchPlan? plan)
    {
        foreach (string error in errors) console.WriteError(error);
        if (request.Json)
        {
            console.Output.WriteLine(new RunRecord
            {
                State = "refused",
                ExitCode = exitCode,
                Errors = errors,
                Plan = plan is null ? null : PlanRecord.Of(plan),
            }.ToJson());
        }

        return exitCode;
    }

    private static string Describe(StopStage stage, StopReason reason, LaunchPlan plan) => stage switch
    {
        StopStage.Interrupt => string.Create(CultureInfo.InvariantCulture,
            $"{reason.Description}: the workers are asked to finish (SIGINT) and have {plan.Grace.TotalSeconds:0.#} s; Ctrl-C hastens"),
        StopStage.Terminate => "the workers that still run are ended (SIGTERM)",
        _ => "the workers that still run are killed (SIGKILL)",
    };
}
