namespace Hpo.ParallelLauncher.Backends;

/// <summary>A backend that keeps what its tasks write, which the run's folder does not have.</summary>
internal interface ITaskLogs
{
    /// <summary>What a worker's newest task wrote, or null where nothing is left.</summary>
    /// <exception cref="EngineAwayException">The engine does not answer, or refuses.</exception>
    Task<string?> LogAsync(ClusterRun run, int index, CancellationToken cancellationToken);
}
