using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Tests.Backends;

/// <summary>An engine that tells of its tasks what a test says, and keeps the stages of stopping that it is asked for.</summary>
internal sealed class FakeEngine : IClusterBackend
{
    public List<StopStage> Stages { get; } = [];

    public IReadOnlyList<ClusterTask> Tasks { get; set; } = [];

    public Action<StopStage> OnStop { get; set; } = _ => { };

    public string Name => "test";

    public bool SharesFolders { get; init; } = true;

    public IReadOnlyList<BackendOption> Options => [];

    public string JobOf(string run) => run;

    public string TaskLog(int index) => FormattableString.Invariant($"task-{index}.log");

    public Task<string?> DescribeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task CheckAsync(ClusterJob job, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<string> SubmitAsync(ClusterJob job, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ClusterTask>> LookAsync(ClusterRun run, CancellationToken cancellationToken) => Task.FromResult(Tasks);

    public Task<ClusterRun?> FindAsync(string job, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task StopAsync(ClusterRun run, StopStage stage, CancellationToken cancellationToken)
    {
        Stages.Add(stage);
        OnStop(stage);
        return Task.CompletedTask;
    }
}
