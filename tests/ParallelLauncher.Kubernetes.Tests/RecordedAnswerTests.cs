using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Backends.Kubernetes;
using k8s.Models;

namespace Hpo.ParallelLauncher.Kubernetes.Tests;

/// <summary>What the launcher reads in answers of a real server.</summary>
public sealed class RecordedAnswerTests
{
    [Fact]
    public void A_Job_that_is_complete()
    {
        IReadOnlyList<ClusterTask> tasks = Read("job-complete.json", "pods-complete.json");

        tasks.Should().HaveCount(4).And.OnlyContain(task => task.State == TaskState.Ended && task.ExitCode == 0 && task.Attempt == 0 && task.Reason == null);
        tasks[0].Host.Should().Be("node-b");
    }

    [Fact]
    public void A_Job_that_failed_after_retries()
    {
        IReadOnlyList<ClusterTask> tasks = Read("job-failed-after-retries.json", "pods-retried.json");

        tasks.Should().HaveCount(4).And.OnlyContain(task => task.State == TaskState.Ended);
        tasks[0].Should().BeEquivalentTo(new { ExitCode = 1, Attempt = 1, Reason = "Error", Host = "node-b" });
        tasks[2].Attempt.Should().Be(2, "the newest pod of an index counts");
        tasks[3].Should().BeEquivalentTo(new { ExitCode = (int?)null, Reason = "FailedIndexes: Job has failed indexes" }, "its pods are not in the answer");
    }

    [Fact]
    public void Pods_whose_Job_still_goes_on_are_started_anew()
    {
        PodFacts[] pods = Pods("pods-retried.json");

        ClusterTask task = KubernetesTasks.Of(new JobFacts { State = JobState.Active, Parallelism = 4, Pods = pods }, 4)[0];

        task.Should().BeEquivalentTo(new { State = TaskState.Queued, Reason = "to be started anew after Error (exit code 1)", ExitCode = (int?)null });
    }

    [Fact]
    public void A_Job_whose_exit_codes_fail_at_once_and_whose_pods_are_gone()
    {
        IReadOnlyList<ClusterTask> tasks = KubernetesTasks.Of(FactReader.Read(Recorded.Read<V1Job>("job-failindex.json")), 4);

        tasks.Should().HaveCount(4).And.OnlyContain(task => task.State == TaskState.Ended && task.ExitCode == null);
    }

    private static IReadOnlyList<ClusterTask> Read(string job, string pods) =>
        KubernetesTasks.Of(FactReader.Read(Recorded.Read<V1Job>(job)) with { Pods = Pods(pods) }, 4);

    private static PodFacts[] Pods(string name) => [.. Recorded.Read<V1PodList>(name).Items.Select(FactReader.Read).OfType<PodFacts>()];
}
