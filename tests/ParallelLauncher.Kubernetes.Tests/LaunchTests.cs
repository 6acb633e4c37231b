using System.Diagnostics;
using System.Text.Json.Nodes;
using Hpo.Interop;
using Hpo.ParallelLauncher.Kubernetes.Tests.Fake;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Kubernetes.Tests;

/// <summary>The whole of it: launcher, manifests, agents in the pods, a Python script, and a database.</summary>
public sealed class LaunchTests : IAsyncLifetime
{
    private const string Script = """
        import os, time, optuna

        def objective(trial):
            print(f"worker {os.environ['HPO_WORKER_INDEX']} start {os.environ['HPO_WORKER_RESTART']} works", flush=True)
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
    public async Task No_start_has_a_number_twice_whatever_the_cluster_counts_anew()
    {
        FakeCluster fake = _cluster.Fake;
        (await LaunchAsync("--total-trials", "500", "--detach")).Require();
        await fake.LogAsync("worker 0 start 0 works");
        fake.Evict(0);
        await fake.LogAsync("worker 0 start 1024 works");

        fake.Suspend(true);
        await Poll.UntilAsync(() => fake.Processes.Count == 0);
        fake.Suspend(false);
        await fake.LogAsync("worker 0 start 2048 works");

        (await RunAsync(Launcher, "stop")).Require();
        string run = Path.GetFileName(Directory.GetDirectories(Path.Combine(_cluster.Folder, "runs")).Single());
        int complete = (int)(await StudyAsync())["complete"]!;
        (await RunAsync(Launcher, "--resume", run, "--total-trials", $"{complete + 10}")).Require();
        await fake.LogAsync("worker 0 start 3072 works");
    }

    [Fact]
    public async Task A_run_is_shown_and_stopped_by_its_jobs_name_without_its_folder()
    {
        (await LaunchAsync("--total-trials", "500", "--detach")).Require();
        await Poll.UntilAsync(async () => (int)(await StudyAsync())["complete"]! >= 1);
        string job = _cluster.Fake.Jobs.Single();
        (await RunAsync(Launcher, "status", job)).Require().Should().Contain("running (detached)").And.Contain("s ", "its folder is here");
        Directory.Delete(Path.Combine(_cluster.Folder, "runs"), recursive: true);

        string elsewhere = (await RunAsync(Launcher, "status", job)).Require();
        HostCommand resumed = await RunAsync(Launcher, "--resume", job);
        string stopped = (await RunAsync(Launcher, "stop", job)).Require();

        elsewhere.Should().Contain("running (detached)").And.Contain(job);
        resumed.ExitCode.Should().Be(2);
        resumed.Error.Should().Contain("is not on this host").And.Contain($"stop {job}");
        stopped.Should().Contain("Its folder is not on this host").And.Contain("--study");
        _cluster.Fake.Jobs.Should().BeEmpty();
        _cluster.Fake.Secrets.Should().BeEmpty();
        ((int)(await StudyAsync())["running"]!).Should().Be(0);
    }

    [Fact]
    public async Task A_dry_run_prints_the_manifests_without_the_password()
    {
        string secret = _url.Replace("root@", "root:pass-word@", StringComparison.Ordinal);

        (int exitCode, string output, string error) = await RunAsync(Launcher, [.. Arguments, "--total-trials", "12", "--storage", secret, "--dry-run"]);

        exitCode.Should().Be(0, error);
        output.Should().Contain("kind: Job").And.Contain("kind: Secret").And.Contain("completionMode: Indexed").And.NotContain("pass-word");
        output.Should().Contain("# kubectl apply -n hpo ").And.Contain("status: \"True\"");
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
        start.Environment["KUBECONFIG"] = _cluster.Kubeconfig;
        return HostCommand.RunAsync(start);
    }
}
