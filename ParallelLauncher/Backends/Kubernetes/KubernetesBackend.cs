using System.Collections.Concurrent;
using Hpo.Interop;
using Hpo.ParallelLauncher.Kubernetes;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Backends.Kubernetes;

/// <summary>Runs workers as the pods of an Indexed Job.</summary>
internal sealed class KubernetesBackend : IClusterBackend, IManifestBackend, ITaskLogs
{
    // One client a server: each holds a connection and a login.
    private readonly ConcurrentDictionary<ClusterAddress, KubernetesApi> _apis = new();

    public string Name => "kubernetes";

    public IReadOnlyList<BackendOption> Options => KubernetesOptions.All;

    public async Task<string?> DescribeAsync(CancellationToken cancellationToken)
    {
        var address = new ClusterAddress();
        if (address.Files.Count == 0 && !ClusterAddress.IsInCluster) return null;
        try
        {
            return await Api(address).DescribeAsync(cancellationToken);
        }
        catch (ApiException error)
        {
            return $"Kubernetes, but: {error.Message}";
        }
    }

    public async Task CheckAsync(ClusterJob job, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(job, api => api.CheckAsync(KubernetesOptions.Spec(job), cancellationToken));
        }
        catch (EngineAwayException error)
        {
            throw new LaunchException(
                $"{error.Message}. \"kubectl get pods\" shows whether it can be reached from here; --context names another one.", WorkerExitCode.Environment);
        }
    }

    public Task<string> SubmitAsync(ClusterJob job, CancellationToken cancellationToken) => AskAsync(job, async api =>
    {
        JobSpec spec = KubernetesOptions.Spec(job);
        await api.CreateAsync(spec, cancellationToken);
        return $"job {spec.Name} in namespace {api.Namespace}";
    });

    public Task<IReadOnlyList<ClusterTask>> LookAsync(ClusterRun run, CancellationToken cancellationToken) => AskAsync(run, async api =>
        KubernetesTasks.Of(await api.LookAsync(JobName.Of(run.Id), cancellationToken), run.Workers));

    /// <remarks>A pod is asked to end by SIGTERM, and its kubelet sends SIGKILL after the grace: between the two there is nothing to do.</remarks>
    public Task StopAsync(ClusterRun run, StopStage stage, CancellationToken cancellationToken) => AskAsync(run, api => stage switch
    {
        StopStage.Interrupt => api.SuspendAsync(JobName.Of(run.Id), cancellationToken),
        StopStage.Kill => api.DeleteAsync(JobName.Of(run.Id), cancellationToken),
        _ => Task.CompletedTask,
    });

    public Task<string?> LogAsync(ClusterRun run, int index, CancellationToken cancellationToken) =>
        AskAsync(run, api => api.LogAsync(JobName.Of(run.Id), index, cancellationToken));

    public string Manifest(ClusterJob job)
    {
        try
        {
            return ManifestText.Of(KubernetesOptions.Spec(job) with { Plan = ShownPlan.Of(job.AgentPlan) });
        }
        catch (ApiException error)
        {
            throw Refusal(error);
        }
    }

    private KubernetesApi Api(ClusterAddress address) => _apis.GetOrAdd(address, address => new KubernetesApi(address));

    private Task AskAsync(ClusterRun run, Func<KubernetesApi, Task> call) => AskAsync(run, async api =>
    {
        await call(api);
        return true;
    });

    private async Task<T> AskAsync<T>(ClusterRun run, Func<KubernetesApi, Task<T>> call)
    {
        try
        {
            return await call(Api(KubernetesOptions.Address(run)));
        }
        catch (ApiException error)
        {
            throw error.Fault is ApiFault.Away ? new EngineAwayException(error.Message) : Refusal(error);
        }
    }

    private static LaunchException Refusal(ApiException error) =>
        new(error.Message, error.Fault is ApiFault.Usage ? WorkerExitCode.Usage : WorkerExitCode.Environment);
}
