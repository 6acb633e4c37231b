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

    public bool SharesFolders => false;

    public IReadOnlyList<BackendOption> Options => KubernetesOptions.All;

    public string JobOf(string run) => JobName.Of(run);

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
            _ = await SendAsync(job, async api =>
            {
                await api.CheckAsync(KubernetesOptions.Spec(job), cancellationToken);
                return true;
            });
        }
        catch (EngineAwayException error)
        {
            throw new LaunchException(
                $"{error.Message}. \"kubectl get pods\" shows whether it can be reached from here; --context names another one.", WorkerExitCode.Environment);
        }
    }

    public Task<string> SubmitAsync(ClusterJob job, CancellationToken cancellationToken) => SendAsync(job, async api =>
    {
        JobSpec spec = KubernetesOptions.Spec(job);
        await api.CreateAsync(spec, cancellationToken);
        return $"job {spec.Name} in namespace {api.Namespace}";
    });

    public Task<IReadOnlyList<ClusterTask>> LookAsync(ClusterRun run, CancellationToken cancellationToken) => AskAsync(run, async api =>
        KubernetesTasks.Of(await api.LookAsync(JobName.Of(run.Id), cancellationToken), run.Workers));

    public async Task<ClusterRun?> FindAsync(string job, CancellationToken cancellationToken)
    {
        // A server that is far away is not asked for any word.
        if (!JobName.IsOne(job) || (new ClusterAddress().Files.Count == 0 && !ClusterAddress.IsInCluster)) return null;
        var run = new ClusterRun { Id = JobName.RunOf(job), Workers = 0, Directory = "", Settings = new Dictionary<string, IReadOnlyList<string>>() };
        JobFacts found = await AskAsync(run, api => api.LookAsync(JobName.Of(run.Id), cancellationToken));
        return found.State is null || !found.IsOurs ? null : run with { Workers = found.Workers };
    }

    /// <remarks>A pod is asked to end by SIGTERM, and its kubelet sends SIGKILL after the grace: between the two there is nothing to do.</remarks>
    public Task StopAsync(ClusterRun run, StopStage stage, CancellationToken cancellationToken) => AskAsync(run, async api =>
    {
        if (stage is StopStage.Interrupt) await api.SuspendAsync(JobName.Of(run.Id), cancellationToken);
        if (stage is StopStage.Kill) await api.DeleteAsync(JobName.Of(run.Id), cancellationToken);
        return true;
    });

    public Task<string?> LogAsync(ClusterRun run, int index, CancellationToken cancellationToken) =>
        AskAsync(run, api => api.LogAsync(JobName.Of(run.Id), index, cancellationToken));

    public string Manifest(ClusterJob job)
    {
        try
        {
            return ManifestText.Of(KubernetesOptions.Spec(job) with { Plan = ShownPlan.Of(job.AgentPlan) }, job["namespace"]);
        }
        catch (ApiException error)
        {
            throw Refusal(error);
        }
    }

    private KubernetesApi Api(ClusterAddress address) => _apis.GetOrAdd(address, address => new KubernetesApi(address));

    // Before a run: what the server refuses ends the launch.
    private async Task<T> SendAsync<T>(ClusterRun run, Func<KubernetesApi, Task<T>> call)
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

    // Of a run that goes on: an expired login, say, ends nothing. The next call reads the kubeconfig anew.
    private async Task<T> AskAsync<T>(ClusterRun run, Func<KubernetesApi, Task<T>> call)
    {
        ClusterAddress address = KubernetesOptions.Address(run);
        try
        {
            return await call(Api(address));
        }
        catch (ApiException error)
        {
            if (error.Fault is not ApiFault.Away) _apis.TryRemove(address, out _);
            throw new EngineAwayException(error.Message);
        }
    }

    private static LaunchException Refusal(ApiException error) =>
        new(error.Message, error.Fault is ApiFault.Usage ? WorkerExitCode.Usage : WorkerExitCode.Environment);
}
