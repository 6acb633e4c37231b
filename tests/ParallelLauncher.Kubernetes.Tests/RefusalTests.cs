using Hpo.Interop;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Kubernetes.Tests.Fake;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Kubernetes.Tests;

/// <summary>What a server refuses, and when it does not answer: its own words, and the remedy.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private const string Ends = "exit 0";

    private TestCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_check_makes_nothing()
    {
        ClusterJob job = _cluster.Job(2, Ends);

        await CheckAsync(job);

        (await _cluster.LookAsync(job)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_namespace_that_is_missing() => await RefusedAsync(_cluster.Job(2, Ends, ("namespace", "hpo-nowhere")),
        WorkerExitCode.Usage, "namespaces \"hpo-nowhere\" not found", "--namespace", "kubectl create namespace hpo-nowhere");

    [Fact]
    public async Task A_right_that_is_missing()
    {
        _cluster.Fake.Rights.Remove("create jobs");

        await RefusedAsync(_cluster.Job(2, Ends), WorkerExitCode.Environment,
            "User \"launcher\" cannot create resource \"jobs\" in API group \"batch\" in the namespace \"hpo\"", "docs/kubernetes-role.yaml");
    }

    [Fact]
    public async Task A_Job_whose_Secret_is_refused_does_not_stay()
    {
        _cluster.Fake.Rights.Remove("create secrets");

        Func<Task> submit = () => _cluster.SubmitAsync(_cluster.Job(2, Ends));

        (await submit.Should().ThrowAsync<LaunchException>()).Which.ExitCode.Should().Be(WorkerExitCode.Environment);
        _cluster.Fake.Jobs.Should().BeEmpty();
    }

    [Fact]
    public async Task A_field_that_there_is_not() => await RefusedAsync(_cluster.Job(2, Ends, ("backend-arg", "spec: {paralelism: 1}")),
        WorkerExitCode.Usage, "strict decoding error: unknown field \"spec.paralelism\"", "--backend-arg");

    [Fact]
    public async Task A_value_that_a_field_cannot_have() => await RefusedAsync(
        _cluster.Job(2, Ends, ("toleration", "gpu:NoSchedul")),
        WorkerExitCode.Usage, "spec.template.spec.tolerations[2].effect", "Unsupported value: \"NoSchedul\"", "--toleration");

    [Theory]
    [InlineData("max-running", "0", "--max-running 0")]
    [InlineData("gpus-per-worker", "one", "--gpus-per-worker one")]
    [InlineData("memory", "much", "--memory much")]
    [InlineData("node-selector", "gpu", "--node-selector gpu")]
    [InlineData("backend-arg", "high", "--backend-arg 'high'")]
    [InlineData("backend-arg", "{", "--backend-arg '{'")]
    public async Task An_option_that_is_wrong(string key, string value, string words) =>
        await RefusedAsync(_cluster.Job(2, Ends, (key, value)), WorkerExitCode.Usage, words);

    [Fact]
    public async Task An_image_is_needed()
    {
        ClusterJob job = _cluster.Job(2, Ends);

        await RefusedAsync(job with { Settings = job.Settings.Where(pair => pair.Key != "image").ToDictionary() }, WorkerExitCode.Usage, "--image");
    }

    [Fact]
    public async Task What_was_submitted_already_is_not_submitted_twice()
    {
        ClusterJob job = _cluster.Job(2, Ends);
        string first = await _cluster.SubmitAsync(job);

        await CheckAsync(job);
        string second = await _cluster.SubmitAsync(job);

        first.Should().Be($"job hpo-{job.Id.ToLowerInvariant()} in namespace {job["namespace"]}").And.Be(second);
        (await _cluster.AllAsync(job, TaskState.Ended)).Should().OnlyContain(task => task.Attempt == 0);
    }

    [Fact]
    public async Task A_submission_whose_answer_was_lost_is_completed_by_the_next_one()
    {
        FakeCluster fake = _cluster.Fake;
        ClusterJob job = _cluster.Job(2, Ends);
        fake.LoseNextAnswer();
        await _cluster.Awaiting(cluster => cluster.SubmitAsync(job)).Should().ThrowAsync<EngineAwayException>();
        fake.Jobs.Should().ContainSingle();
        fake.Secrets.Should().BeEmpty();

        await _cluster.SubmitAsync(job);

        (await _cluster.AllAsync(job, TaskState.Ended)).Should().OnlyContain(task => task.ExitCode == 0 && task.Attempt == 0);
        fake.Jobs.Should().ContainSingle();
    }

    [Fact]
    public async Task Another_Job_of_the_name_is_left_alone()
    {
        FakeCluster fake = _cluster.Fake;
        ClusterJob job = _cluster.Job(2, Ends);
        await _cluster.SubmitAsync(job);
        fake.Disown(fake.Jobs.Single());

        await RefusedAsync(job, WorkerExitCode.Usage, "is not of the run", "--namespace");
    }

    [Fact]
    public async Task A_server_that_is_away_comes_back()
    {
        FakeCluster fake = _cluster.Fake;
        ClusterJob job = _cluster.Job(2, Ends);
        await _cluster.SubmitAsync(job);

        fake.IsAway = true;
        await _cluster.Awaiting(cluster => cluster.LookAsync(job)).Should().ThrowAsync<EngineAwayException>();
        await _cluster.Awaiting(cluster => cluster.SubmitAsync(job)).Should().ThrowAsync<EngineAwayException>();
        await RefusedAsync(job, WorkerExitCode.Environment, "does not answer", "kubectl get pods");

        fake.IsAway = false;
        await _cluster.AllAsync(job, TaskState.Ended);
    }

    [Fact]
    public async Task A_login_that_expires_ends_no_run_and_the_next_one_is_used()
    {
        FakeCluster fake = _cluster.Fake;
        ClusterJob job = _cluster.Job(2, Ends);
        await _cluster.SubmitAsync(job);

        fake.ExpireLogin();
        (await _cluster.Awaiting(cluster => cluster.LookAsync(job)).Should().ThrowAsync<EngineAwayException>())
            .WithMessage("*does not accept the login: Unauthorized*");
        fake.LogIn();

        await _cluster.AllAsync(job, TaskState.Ended);
    }

    [Fact]
    public async Task A_login_that_is_not_accepted()
    {
        _cluster.Fake.ExpireLogin();

        await RefusedAsync(_cluster.Job(2, Ends), WorkerExitCode.Environment, "does not accept the login");
    }

    [Fact]
    public async Task A_connection_that_is_refused() =>
        await RefusedAsync(_cluster.Job(2, Ends, ("kubeconfig", Kubeconfig("http://127.0.0.1:1"))), WorkerExitCode.Environment, "127.0.0.1:1", "refused");

    [Fact]
    public async Task A_kubeconfig_that_is_not_there() =>
        await RefusedAsync(_cluster.Job(2, Ends, ("kubeconfig", "/nowhere/kubeconfig")), WorkerExitCode.Environment, "/nowhere/kubeconfig", "--kubeconfig");

    [Fact]
    public async Task A_context_that_is_not_there() =>
        await RefusedAsync(_cluster.Job(2, Ends, ("context", "elsewhere")), WorkerExitCode.Environment, "elsewhere", "--context");

    [Fact]
    public async Task A_server_tells_its_version()
    {
        using var api = new KubernetesApi(new ClusterAddress { Kubeconfig = _cluster.Job(1, Ends)["kubeconfig"] });

        (await api.DescribeAsync(TestContext.Current.CancellationToken)).Should().MatchRegex(@"^Kubernetes v1\.\d+.* at http.*, context ");
    }

    private string Kubeconfig(string server)
    {
        string file = Path.Combine(_cluster.Folder, "other");
        File.WriteAllText(file, $$$"""
            current-context: other
            contexts: [{name: other, context: {cluster: other}}]
            clusters: [{name: other, cluster: {server: "{{{server}}}" } }]
            """);
        return file;
    }

    private Task CheckAsync(ClusterJob job) => _cluster.Backend.CheckAsync(job, TestContext.Current.CancellationToken);

    private async Task RefusedAsync(ClusterJob job, int exitCode, params string[] words)
    {
        Func<Task> check = () => CheckAsync(job);
        LaunchException refusal = (await check.Should().ThrowAsync<LaunchException>()).Which;
        refusal.ExitCode.Should().Be(exitCode, refusal.Message);
        foreach (string word in words) refusal.Message.Should().Contain(word);
    }
}
