using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Results;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>How a cluster's run stands now, whether or not a launcher is attached to it; from any host that has its folder.</summary>
internal static class ClusterRuns
{
    /// <summary>The run with its workers as they are now; one of this machine, or one that has ended, as it is.</summary>
    public static async Task<RunRecord> RefreshAsync(RunRecord run, TimeProvider time, CancellationToken cancellationToken)
    {
        if (EngineOf(run) is not { } engine || !run.IsOpen) return run;
        ClusterRun known = RunOf(run);
        IReadOnlyList<ClusterTask>? tasks = null;
        try
        {
            tasks = await engine.LookAsync(known, cancellationToken);
        }
        catch (EngineAwayException)
        {
            // The agents' own words are all there is.
        }

        IReadOnlyList<WorkerStatus> workers = new ClusterWatch(known, engine, time) { IsOneLook = true }.Read(tasks);
        var paths = RunPaths.Existing(known.Directory);
        return run with
        {
            Workers = [.. workers.Select(worker => WorkerRecords.Of(worker, null, paths))],
            HasLiveWorkers = workers.Any(worker => !worker.HasEnded) ? tasks is null && workers.All(worker => worker.State is WorkerState.Queued) ? null : true : false,
        };
    }

    /// <summary>The engine of a run, or null for one of this machine.</summary>
    public static IClusterBackend? EngineOf(RunRecord run) => run.Plan is null ? null : ClusterBackends.Find(run.Plan.Backend);

    public static ClusterRun RunOf(RunRecord run) => new()
    {
        Id = run.Run!,
        Workers = run.Plan!.Workers,
        Directory = run.Directory!,
        Settings = run.Plan.Settings,
        FirstStarts = run.Plan.FirstStarts,
    };

    /// <summary>What the run's agents were given: with the storage's password.</summary>
    public static AgentPlan AgentPlanOf(RunRecord run) => AgentPlan.Read(RunPaths.Existing(run.Directory!).AgentPlanFile);
}
