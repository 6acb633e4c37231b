using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Backends.Kubernetes;
using Hpo.ParallelLauncher.Kubernetes.Tests.Fake;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Kubernetes.Tests;

/// <summary>
/// The cluster of a test: a fake one, or that of HPO_TEST_KUBECONFIG with the namespace HPO_TEST_NAMESPACE (hpo), where pods run
/// HPO_TEST_IMAGE (busybox). The workers are shell scripts.
/// </summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly string? Real = Environment.GetEnvironmentVariable("HPO_TEST_KUBECONFIG");
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(Real is null ? 1 : 5);
    private static readonly TimeSpan RealPoll = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder _folder = new();
    private readonly List<ClusterJob> _submitted = [];
    private FakeCluster? _fake;
    private string _kubeconfig = "";

    public KubernetesBackend Backend { get; } = new();

    public string Folder => _folder.Path;

    public string Kubeconfig => _kubeconfig;

    /// <summary>The fake cluster; skips the test where there is a real one.</summary>
    public FakeCluster Fake
    {
        get
        {
            Assert.SkipWhen(_fake is null, "A real cluster cannot be made to do this from outside.");
            return _fake!;
        }
    }

    public static async Task<TestCluster> StartAsync()
    {
        Assert.SkipWhen(Real is null && !OperatingSystem.IsLinux(), "The fake cluster's pods are shells in sessions of their own.");
        var cluster = new TestCluster();
        cluster._kubeconfig = Real ?? cluster._folder.File("kubeconfig");
        if (Real is null) cluster._fake = await FakeCluster.StartAsync(cluster._folder.Path, cluster._kubeconfig);
        return cluster;
    }

    /// <summary>A job whose workers are a script.</summary>
    public ClusterJob Job(int workers, string script, params (string Key, string Value)[] settings) => Job(workers,
        [("backend-arg", $"spec: {{template: {{spec: {{containers: [{{name: worker, command: [sh, -c, {Quoted(script)}]}}]}}}}}}"), .. settings]);

    /// <summary>A job whose workers are the agent of the image.</summary>
    public ClusterJob Job(int workers, params (string Key, string Value)[] settings)
    {
        (string Key, string Value)[] all =
        [
            ("kubeconfig", _kubeconfig), ("namespace", Environment.GetEnvironmentVariable("HPO_TEST_NAMESPACE") ?? "hpo"),
            ("image", Environment.GetEnvironmentVariable("HPO_TEST_IMAGE") ?? "busybox:stable"), .. settings,
        ];
        return new ClusterJob
        {
            Id = $"20261127T031632Z-{Guid.NewGuid().ToString("N")[..6]}",
            Workers = workers,
            Directory = _folder.Path,
            Settings = all.GroupBy(pair => pair.Key, pair => pair.Value).ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group]),
            Agent = ["ParallelLauncher", "agent"],
            AgentPlan = """{"run": "r", "request": {"storage": "mysql://hpo:Pa55word@db/hpo"}, "environment": {"CLOUD_KEY": "abc"}}""",
            Grace = TimeSpan.FromSeconds(5),
        };
    }

    /// <summary>A script that stands for a program of the image.</summary>
    public string Program(string script) => _folder.WriteProgram("program", $"#!/bin/sh\n{script}\n");

    public async Task<string> SubmitAsync(ClusterJob job)
    {
        string name = await Backend.SubmitAsync(job, TestContext.Current.CancellationToken);
        _submitted.Add(job);
        return name;
    }

    public Task<IReadOnlyList<ClusterTask>> LookAsync(ClusterJob job) => Backend.LookAsync(job, TestContext.Current.CancellationToken);

    /// <summary>Looks with each change of the cluster until the tasks are so.</summary>
    public async Task<IReadOnlyList<ClusterTask>> UntilAsync(ClusterJob job, Func<IReadOnlyList<ClusterTask>, bool> areSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        IReadOnlyList<ClusterTask> tasks = [];
        try
        {
            while (true)
            {
                Task change = _fake?.NextChange ?? Task.Delay(RealPoll, limit.Token);
                tasks = await Backend.LookAsync(job, limit.Token);
                if (areSo(tasks)) return tasks;
                await change.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The tasks stayed:\n{string.Join('\n', tasks)}");
        }
    }

    /// <summary>Waits until all tasks are in a state.</summary>
    public Task<IReadOnlyList<ClusterTask>> AllAsync(ClusterJob job, TaskState state) =>
        UntilAsync(job, tasks => tasks.Count == job.Workers && tasks.All(task => task.State == state));

    public async ValueTask DisposeAsync()
    {
        if (_fake is not null) await _fake.DisposeAsync();
        else foreach (ClusterJob job in _submitted) await Backend.StopAsync(job, Workers.StopStage.Kill, CancellationToken.None);
        _folder.Dispose();
    }

    private static string Quoted(string script) => System.Text.Json.JsonSerializer.Serialize(script);
}
