
namespace Hpo.ParallelLauncher.Kubernetes.Tests.Fake;

/// <summary>A Kubernetes cluster in this process, and what happens to clusters.</summary>
internal sealed class FakeCluster : IAsyncDisposable
{
    private readonly FakeStore _store = new();
    private readonly FakeJobController _controller;
    private readonly FakeApiServer _server;
    private readonly string _folder;
    private readonly string _kubeconfig;

    private FakeCluster(string folder, string kubeconfig)
    {
        _folder = folder;
        _kubeconfig = kubeconfig;
        _controller = new FakeJobController(_store, folder, Programs);
        _server = new FakeApiServer(_store, _controller);
    }

    /// <summary>What stands for the programs of the images.</summary>
    public Dictionary<string, string> Programs { get; } = [];

    /// <summary>What the launcher may do, as <c>create secrets</c>.</summary>
    public HashSet<string> Rights => _server.Rights;

    /// <summary>Whether the server cuts each connection off.</summary>
    public bool IsAway
    {
        set => _server.IsAway = value;
    }

    /// <summary>Does what the next request asks for, but cuts the connection off before its answer.</summary>
    public void LoseNextAnswer() => _server.LosesNextAnswer = true;

    /// <summary>Ends with the next change.</summary>
    public Task NextChange => _store.NextChange;

    public IReadOnlyList<string> Secrets => Locked(() => _store.Secrets.Keys.ToArray());

    public IReadOnlyList<string> Jobs => Locked(() => _store.Jobs.Keys.ToArray());

    /// <summary>The processes of the pods that still run.</summary>
    public IReadOnlyList<int> Processes =>
        Locked(() => _store.Pods.Values.Where(pod => pod.Process is { HasExited: false }).Select(pod => pod.Process!.Id).ToArray());

    /// <param name="folder">Where volumes and logs are.</param>
    /// <param name="kubeconfig">The file to write.</param>
    public static async Task<FakeCluster> StartAsync(string folder, string kubeconfig)
    {
        var cluster = new FakeCluster(folder, kubeconfig);
        await cluster._server.StartAsync();
        cluster.LogIn();
        return cluster;
    }

    /// <summary>Lets the login of the kubeconfig expire.</summary>
    public void ExpireLogin() => _server.Token = "second";

    /// <summary>Writes a kubeconfig whose login is accepted.</summary>
    public void LogIn() => File.WriteAllText(_kubeconfig, $$$"""
        apiVersion: v1
        kind: Config
        current-context: test
        contexts: [{name: test, context: {cluster: test, user: launcher, namespace: hpo}}]
        clusters: [{name: test, cluster: {server: "{{{_server.Url}}}" } }]
        users: [{name: launcher, user: {token: "{{{_server.Token}}}" } }]
        """);

    public void SetQuota(int pods) => Change(() => _controller.Quota = pods);

    public void SetCores(decimal eachNode) => Change(() =>
    {
        foreach (string node in _controller.Nodes.Keys.ToArray()) _controller.Nodes[node] = eachNode;
    });

    /// <summary>Evicts the pod of an index.</summary>
    public void Evict(int index) => Change(() => _controller.Delete(
        _store.Pods.Values.Single(pod => pod.Index == index && !pod.HasEnded),
        FakeJobController.Disruption("EvictionByEvictionAPI", "Eviction API: evicting")));

    /// <summary>Makes a Job somebody else's.</summary>
    public void Disown(string job) => Change(() => _store.Jobs[job].Object.Metadata.Labels[JobManifest.RunLabel] = "other");

    /// <summary>Suspends all Jobs, or lets them go on, as a queue does; the controller counts their pods anew.</summary>
    public void Suspend(bool isSuspended) => Change(() =>
    {
        foreach (FakeJob job in _store.Jobs.Values) job.Object.Spec.Suspend = isSuspended;
    });

    /// <summary>A node is out of contact; its processes go on.</summary>
    public void LoseNode(string node) => Change(() =>
    {
        _store.LostNodes.Add(node);
        foreach (FakePod pod in On(node))
            _controller.Delete(pod, FakeJobController.Disruption("DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint"));
    });

    /// <summary>A node that is out of contact is given up: its pods are forgotten.</summary>
    public void RemoveNode(string node) => Change(() =>
    {
        foreach (FakePod pod in On(node))
        {
            FakeKubelet.Abandon(pod);
            pod.Object.Status.Phase = "Failed";
        }
    });

    /// <summary>Waits until a pod, which may be gone already, has written a text.</summary>
    public async Task LogAsync(string text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!Directory.EnumerateFiles(_folder, "log", SearchOption.AllDirectories).Any(log => File.ReadAllText(log).Contains(text, StringComparison.Ordinal)))
            await timer.WaitForNextTickAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        lock (_store.Gate)
        {
            foreach (FakeJob job in _store.Jobs.Values) job.IsDeleted = true;
            foreach (FakePod pod in _store.Pods.Values) FakeKubelet.Abandon(pod);
        }

        await Task.WhenAll(_store.Pods.Values.Select(pod => pod.Process?.WaitForExitAsync() ?? Task.CompletedTask).ToArray());
    }

    private FakePod[] On(string node) => [.. _store.Pods.Values.Where(pod => pod.Object.Spec.NodeName == node && !pod.HasEnded)];

    private void Change(Action change)
    {
        lock (_store.Gate)
        {
            change();
            _controller.ReconcileAll();
            _store.Changed();
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_store.Gate) return read();
    }
}
