using System.Diagnostics;
using System.Text.Json.Nodes;
using Hpo.Interop;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Kubernetes.Tests;

/// <summary>The whole of it: launcher, manifests, agents in the pods, a Python script, and a database.</summary>
public sealed class LaunchTests : IAsyncLifetime
{
    private const string Script = """
        import os, time, optuna

        def objective(trial):
            time.sleep(0.2)
            return trial.suggest_float("x", -5, 5) ** 2

        study = optuna.create_study(study_name=os.environ["HPO_STUDY"], storage=os.environ["OPTUNA_STORAGE"], load_if_exists=True)
        study.optimize(objective, n_trials=1000)
        """;

    // From its own folder: beside these tests it lacks what their framework brings.
    private static readonly string Launcher = Path.Combine(
        AppContext.BaseDirectory.Replace("ParallelLauncher.Kubernetes.Tests", "ParallelLauncher", StringComparison.Ordinal), "ParallelLauncher");

    private TestCluster _cluster = null!;
    private string _url = "", _worker = "";

    private string Data => Path.Combine(_cluster.Folder, "mysql");

    public async ValueTask InitializeAsync()
    {
        _cluster = await TestCluster.StartAsync();
        _cluster.Fake.Programs["ParallelLauncher"] = Launcher;
        (int exitCode, string output, string error) = await RunAsync(Path.Combine(SourceTree.Root, "scripts", "start-mysql"), "--data", Data);
        Assert.SkipWhen(exitCode != 0, error);
        // The pods are processes of this machine; the launcher refuses what names it, so its address is written as nobody would.
        _url = output.Trim().Replace("127.0.0.1", "0x7f000001", StringComparison.Ordinal).Replace("mysql+pymysql:", "mysql:", StringComparison.Ordinal);
        _worker = Path.Combine(_cluster.Folder, "sleeper.py");
        await File.WriteAllTextAsync(_worker, Script);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(Path.Combine(SourceTree.Root, "scripts", "stop-mysql"), "--data", Data);
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_study_runs_in_pods_to_exactly_its_budget()
    {
        (int exitCode, string output, string error) = await LaunchAsync("--total-trials", "12");

        exitCode.Should().Be(0, error + output);
        JsonNode study = await StudyAsync();
        ((int)study["complete"]!).Should().Be(12);
        ((int)study["running"]!).Should().Be(0);
        string run = Directory.GetDirectories(Path.Combine(_cluster.Folder, "runs")).Single();
        foreach (int index in new[] { 0, 1 })
            (await File.ReadAllTextAsync(Path.Combine(run, $"worker-{index}.log"))).Should().Contain("Trial ", "the log was fetched from the pod");
    }

    [Fact]
    public async Task A_detached_run_is_shown_and_stopped_and_leaves_neither_job_nor_secret()
    {
        (int exitCode, _, string error) = await LaunchAsync("--total-trials", "500", "--detach");
        exitCode.Should().Be(0, error);
        await Poll.UntilAsync(async () => (int)(await StudyAsync())["complete"]! >= 3);

        (_, string shown, _) = await RunAsync(Launcher, "status", "--study", "s");
        shown.Should().Contain("running (detached)").And.Contain("job hpo-");
        (int stopped, string told, string problem) = await RunAsync(Launcher, "stop");

        stopped.Should().Be(0, problem);
        told.Should().Contain("It has ended");
        JsonNode study = await StudyAsync();
        ((int)study["running"]!).Should().Be(0);
        ((int)study["complete"]!).Should().BeLessThan(500);
        _cluster.Fake.Jobs.Should().BeEmpty();
        _cluster.Fake.Secrets.Should().BeEmpty();
    }

    [Fact]
    public async Task A_dry_run_prints_the_manifests_without_the_password()
    {
        string secret = _url.Replace("root@", "root:pass-word@", StringComparison.Ordinal);

        (int exitCode, string output, string error) = await RunAsync(Launcher, [.. Arguments, "--total-trials", "12", "--storage", secret, "--dry-run"]);

        exitCode.Should().Be(0, error);
        output.Should().Contain("kind: Job").And.Contain("kind: Secret").And.Contain("completionMode: Indexed").And.NotContain("pass-word");
        _cluster.Fake.Jobs.Should().BeEmpty();
    }

    private string[] Arguments =>
    [
        _worker, "-n", "2", "--study", "s", "--direction", "minimize", "--heartbeat", "2", "--backend", "kubernetes",
        "--kubeconfig", _cluster.Kubeconfig, "--namespace", "hpo", "--image", "busybox:stable",
    ];

    private Task<HostCommand> LaunchAsync(params string[] options) => RunAsync(Launcher, [.. Arguments, .. options]);

    private async Task<JsonNode> StudyAsync() =>
        JsonNode.Parse((await RunAsync(Launcher, "status", "--study", "s", "--json")).Output)!["study"]!;

    private Task<HostCommand> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _cluster.Folder };
        start.Environment[WorkerEnvironment.StorageVariable] = _url;
        return HostCommand.RunAsync(start);
    }
}
