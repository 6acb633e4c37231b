using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>Where the workers of a run live.</summary>
internal interface IWorkerBackend
{
    /// <summary>Runs workers of a plan to their end, and gives how each ended.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="paths">The run's files.</param>
    /// <param name="work">What is left to do.</param>
    /// <param name="stop">Leads the run's stop.</param>
    Task<IReadOnlyList<WorkerStatus>> RunAsync(LaunchPlan plan, RunPaths paths, IWorkSource work, StopController stop);
}
