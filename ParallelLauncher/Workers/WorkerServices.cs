using Microsoft.Extensions.Logging;

namespace Hpo.ParallelLauncher.Workers;

/// <summary>What all workers of a run share.</summary>
internal sealed record WorkerServices
{
    public required SpawnThread Spawner { get; init; }
    public required IProcessPlatform Platform { get; init; }
    public required IWorkerObserver Observer { get; init; }
    public required ILogger Logger { get; init; }
    public IWorkSource Work { get; init; } = new UnknownWork();
    public TimeProvider Time { get; init; } = TimeProvider.System;
    public RestartBackoff Backoff { get; init; } = RestartBackoff.Default;
    public Random Random { get; init; } = Random.Shared;
}
