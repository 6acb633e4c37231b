using Hpo.Interop;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Kubernetes.Tests.Fake;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Kubernetes.Tests;

/// <summary>What becomes of the pods of a run, as the launcher sees it.</summary>
public sealed class RunTests : IAsyncLifetime
{
    private const string Waits = "trap 'exit 143' TERM; while :; do sleep 1 & wait $!; done";

    private TestCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Workers_run_to_their_end()
    {
        ClusterJob job = await SubmitAsync(_cluster.Job(3, "echo hello from $JOB_COMPLETION_INDEX"));

        IReadOnlyList<ClusterTask> ended = await _cluster.AllAsync(job, TaskState.Ended);

        ended.Select(task => task.Index).Should().Equal(0, 1, 2);
        ended.Should().OnlyContain(task => task.ExitCode == 0 && task.Attempt == 0 && task.Reason == null && task.Host != null);
        (await _cluster.Backend.LogAsync(job, 2, TestContext.Current.CancellationToken)).Should().Be("hello from 2\n");
    }

    [Fact]
    public async Task A_pod_that_fails_is_started_anew_until_its_retries_are_used_up()
    {
        ClusterJob job = await SubmitAsync(_cluster.Job(2, "echo out of luck; exit 1"));

        IReadOnlyList<ClusterTask> ended = await _cluster.AllAsync(job, TaskState.Ended);

        ended.Should().OnlyContain(task => task.ExitCode == 1 && task.Attempt == 3 && task.Reason == "Error: out of luck");
    }

    [Theory]
    [InlineData(WorkerExitCode.Usage)]
    [InlineData(WorkerExitCode.Environment)]
    public async Task What_a_new_pod_cannot_fix_is_not_retried(int exitCode)
    {
        ClusterJob job = await SubmitAsync(_cluster.Job(2, $"exit {exitCode}"));

        IReadOnlyList<ClusterTask> ended = await _cluster.AllAsync(job, TaskState.Ended);

        ended.Should().OnlyContain(task => task.ExitCode == exitCode && task.Attempt == 0);
    }

    [Fact]
    public async Task Evictions_are_no_failures_however_many_there_are()
    {
        FakeCluster fake = _cluster.Fake;
        ClusterJob job = await RunAsync(_cluster.Job(2, Waits));

        for (int evictions = 1; evictions <= 5; evictions++)
        {
            fake.Evict(0);
            IReadOnlyList<ClusterTask> tasks = await _cluster.UntilAsync(job, tasks => tasks[0].State is TaskState.Running && tasks[0].Attempt == evictions);
            tasks[1].Should().BeEquivalentTo(new { State = TaskState.Running, Attempt = 0 });
        }
    }

    [Fact]
    public async Task A_lost_node_may_go_on_with_its_worker_until_it_is_removed()
    {
        FakeCluster fake = _cluster.Fake;
        ClusterJob job = await RunAsync(_cluster.Job(2, Waits, ("cpus", "5")));
        int processes = fake.Processes.Count;

        fake.LoseNode("node-a");

        IReadOnlyList<ClusterTask> tasks = await _cluster.UntilAsync(job, tasks => tasks.Any(task => task.State is TaskState.Lost));
        tasks[0].Should().BeEquivalentTo(new { State = TaskState.Lost, Host = "node-a", ExitCode = (int?)null });
        tasks[0].Reason.Should().StartWith("DeletionByTaintManager");
        tasks[1].State.Should().Be(TaskState.Running);
        fake.Processes.Should().HaveCount(processes);

        fake.RemoveNode("node-a");
        tasks = await _cluster.UntilAsync(job, tasks => tasks[0] is { State: TaskState.Queued, Attempt: 1 });
        tasks[0].Reason.Should().StartWith("Unschedulable: ");

        fake.SetCores(16);
        tasks = await _cluster.UntilAsync(job, tasks => tasks[0].State is TaskState.Running);
        tasks[0].Should().BeEquivalentTo(new { Host = "node-b", Attempt = 1 });
    }

    [Fact]
    public async Task A_quota_is_named_while_it_holds_workers_back()
    {
        _cluster.Fake.SetQuota(1);
        ClusterJob job = await SubmitAsync(_cluster.Job(2, Waits));

        IReadOnlyList<ClusterTask> tasks = await _cluster.UntilAsync(job, tasks => tasks[0].State is TaskState.Running);
        tasks[1].State.Should().Be(TaskState.Queued);
        tasks[1].Reason.Should().Contain("exceeded quota: hq");

        _cluster.Fake.SetQuota(2);
        await _cluster.AllAsync(job, TaskState.Running);
    }

    [Fact]
    public async Task Without_the_right_to_read_events_the_reason_is_missing_and_nothing_else()
    {
        _cluster.Fake.SetQuota(1);
        _cluster.Fake.Rights.Remove("list events");
        ClusterJob job = await SubmitAsync(_cluster.Job(2, Waits));

        IReadOnlyList<ClusterTask> tasks = await _cluster.UntilAsync(job, tasks => tasks[0].State is TaskState.Running);

        tasks[1].Should().BeEquivalentTo(new { State = TaskState.Queued, Reason = (string?)null });
    }

    [Fact]
    public async Task A_pod_that_no_node_has_room_for_says_so()
    {
        ClusterJob job = await SubmitAsync(_cluster.Job(2, Waits, ("cpus", "1000")));

        await _cluster.UntilAsync(job, tasks => tasks.Count(task =>
            task is { State: TaskState.Queued, Host: null } && task.Reason?.StartsWith("Unschedulable: 0/", StringComparison.Ordinal) is true) == 2);
    }

    [Fact]
    public async Task An_image_that_is_not_there_says_so()
    {
        ClusterJob job = await SubmitAsync(_cluster.Job(1, Waits, ("image", "missing/worker:1")));

        await _cluster.UntilAsync(job, tasks => tasks is [{ State: TaskState.Queued, Reason: { } reason }]
            && reason.Contains("Image", StringComparison.Ordinal) && reason.Contains("missing/worker:1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task So_many_as_allowed_run_at_a_time()
    {
        ClusterJob job = await SubmitAsync(_cluster.Job(3, Waits, ("max-running", "1")));

        IReadOnlyList<ClusterTask> tasks = await _cluster.UntilAsync(job, tasks => tasks[0].State is TaskState.Running);

        tasks.Skip(1).Should().OnlyContain(task => task.State == TaskState.Queued && task.Reason!.Contains("--max-running 1"));
    }

    [Fact]
    public async Task A_polite_stop_keeps_the_Job_which_can_go_on()
    {
        ClusterJob job = await RunAsync(_cluster.Job(2, Waits));

        await StopAsync(job, StopStage.Interrupt);
        IReadOnlyList<ClusterTask> tasks = await _cluster.AllAsync(job, TaskState.Ended);
        tasks.Should().OnlyContain(task => task.Reason == "JobSuspended: Job suspended");

        await SubmitAsync(job);
        await _cluster.AllAsync(job, TaskState.Running);
    }

    [Fact]
    public async Task A_polite_stop_gives_workers_the_time_that_they_need()
    {
        FakeCluster fake = _cluster.Fake;
        ClusterJob job = await RunAsync(_cluster.Job(1, "trap 'sleep 0.5; echo ended in order; exit 143' TERM; echo ready; while :; do sleep 1 & wait $!; done"));
        await fake.LogAsync("ready");

        await StopAsync(job, StopStage.Interrupt);

        (await _cluster.UntilAsync(job, tasks => tasks[0].Reason is not null))[0].State.Should().Be(TaskState.Ended);
        await fake.LogAsync("ended in order");
    }

    [Fact]
    public async Task A_stop_ends_tasks_that_wait()
    {
        ClusterJob job = await SubmitAsync(_cluster.Job(2, Waits, ("max-running", "1")));
        await _cluster.UntilAsync(job, tasks => tasks[0].State is TaskState.Running);

        await StopAsync(job, StopStage.Interrupt);
        await StopAsync(job, StopStage.Terminate);

        await _cluster.AllAsync(job, TaskState.Ended);
    }

    [Fact]
    public async Task A_Job_that_somebody_else_suspends_waits()
    {
        ClusterJob job = await SubmitAsync(_cluster.Job(1, Waits, ("backend-arg", "spec: {suspend: true}")));

        IReadOnlyList<ClusterTask> tasks = await _cluster.UntilAsync(job, tasks => tasks is [{ Reason: not null }]);

        tasks[0].Should().BeEquivalentTo(new { State = TaskState.Queued, Reason = "JobSuspended: Job suspended" });
    }

    [Fact]
    public async Task A_kill_leaves_nothing()
    {
        FakeCluster fake = _cluster.Fake;
        ClusterJob job = await RunAsync(_cluster.Job(2, Waits));

        await StopAsync(job, StopStage.Kill);
        await _cluster.UntilAsync(job, tasks => tasks.Count == 0);

        fake.Jobs.Should().BeEmpty();
        fake.Secrets.Should().BeEmpty();
        fake.Processes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_run_that_the_server_has_forgotten_can_be_stopped()
    {
        ClusterJob job = await RunAsync(_cluster.Job(2, Waits));
        await StopAsync(job, StopStage.Kill);
        await _cluster.UntilAsync(job, tasks => tasks.Count == 0);

        await StopAsync(job, StopStage.Interrupt);
        await StopAsync(job, StopStage.Kill);

        (await _cluster.LookAsync(job)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_deadline_of_the_Job_ends_its_workers()
    {
        ClusterJob job = await SubmitAsync(_cluster.Job(2, Waits, ("backend-arg", "spec: {activeDeadlineSeconds: 1}")));

        IReadOnlyList<ClusterTask> tasks = await _cluster.AllAsync(job, TaskState.Ended);

        tasks.Should().OnlyContain(task => task.Reason == "DeadlineExceeded: Job was active longer than specified deadline" && task.ExitCode == null);
    }

    [Fact]
    public async Task The_agent_gets_its_plan_as_a_file_its_index_and_its_attempt()
    {
        _cluster.Fake.Programs["ParallelLauncher"] = _cluster.Program("""
            echo "$@"
            echo "index $JOB_COMPLETION_INDEX failed $HPO_FAILED_BEFORE ignored <$HPO_IGNORED_BEFORE> threads $OMP_NUM_THREADS"
            stat -c %a "$3"
            cat "$3"
            [ "$HPO_FAILED_BEFORE" = 1 ]
            """);
        ClusterJob job = await SubmitAsync(_cluster.Job(2, ("cpus", "2500m")));

        IReadOnlyList<ClusterTask> ended = await _cluster.AllAsync(job, TaskState.Ended);

        ended.Should().OnlyContain(task => task.ExitCode == 0 && task.Attempt == 1);
        string[] lines = (await _cluster.Backend.LogAsync(job, 1, TestContext.Current.CancellationToken))!.Split('\n');
        lines[0].Should().MatchRegex("^agent --plan .*/hpo/agent.json --index-variable JOB_COMPLETION_INDEX "
            + "--attempt-variable HPO_FAILED_BEFORE --attempt-variable HPO_IGNORED_BEFORE$");
        lines[1].Should().Be("index 1 failed 1 ignored <> threads 2");
        lines[2].Should().Be("400");
        lines[3].Should().Be(job.AgentPlan);
    }

    private async Task<ClusterJob> SubmitAsync(ClusterJob job)
    {
        await _cluster.SubmitAsync(job);
        return job;
    }

    private async Task<ClusterJob> RunAsync(ClusterJob job)
    {
        await SubmitAsync(job);
        await _cluster.AllAsync(job, TaskState.Running);
        return job;
    }

    private Task StopAsync(ClusterJob job, StopStage stage) => _cluster.Backend.StopAsync(job, stage, TestContext.Current.CancellationToken);
}
