using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>Where workers run.</summary>
internal interface IWorkerBackend
{
    /// <summary>Runs all workers of a plan to their end, and gives how each ended, by index.</summary>
    Task<IReadOnlyList<WorkerStatus>> RunAsync(LaunchPlan plan, RunPaths paths, StopController stop);
}
