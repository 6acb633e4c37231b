using System.Diagnostics;
using System.Text.Json.Nodes;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Clusters;

/// <summary>What goes wrong on a cluster while a study runs, and its time limits: no trial is lost, and the budget is exact.</summary>
public sealed class SlurmFailureTests(ClusterHosts cluster) : IClassFixture<ClusterHosts>
{
    [Fact]
    public async Task Hosts_workers_and_the_controller_may_die_and_tasks_may_be_preempted()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);
        ProcessStartInfo line = study.Line(
            ClusterHosts.Head, study.Worker, "-n", "6", "--study", "s", "--backend", "slurm", "--partition", "low", "--total-trials", "100",
            "--direction", "minimize", "--heartbeat", "2", "--retry-failed", "1");
        line.Environment["TEST_SECONDS"] = "1";
        Task<HostCommand> launch = HostCommand.RunAsync(line);
        await Poll.UntilAsync(async () => await study.FinishedAsync("s") >= 6);

        await cluster.KillAsync("n1");
        await cluster.CutAsync("n2");
        (await cluster.RunAsync("n3", "pkill", "-KILL", "-f", "-o", study.Worker)).Require();
        await Poll.UntilAsync(async () => await study.FinishedAsync("s") >= 14);
        (await cluster.RunAsync(
            ClusterHosts.Head, "sbatch", "--partition=high", "--nodelist=n3", "--exclusive", "--output=/dev/null", "--wrap=sleep 3")).Require();
        await cluster.AwaitStateAsync("n1", "down*");
        (await cluster.RunAsync(ClusterHosts.Head, "pkill", "-KILL", "slurmctld")).Require();
        await cluster.RunAsync(ClusterHosts.Head, "slurmctld");
        await cluster.BootAsync("n1");
        await cluster.JoinAsync("n2");

        HostCommand ended = await launch;
        ended.ExitCode.Should().Be(0, ended.Error + ended.Output);
        Dictionary<string, int> states = await study.StatesAsync("s");
        states.Should().Contain("COMPLETE", 100);
        states.Keys.Should().BeSubsetOf(["COMPLETE", "FAIL"]);
        (await study.RowsAsync("SELECT COUNT(*) - COUNT(DISTINCT number), MAX(number) + 1 - COUNT(*) FROM trials")).Single()
            .Select(Convert.ToInt32).Should().Equal([0, 0], "no number is given twice, and none is missing");
        // Two trials of the killed host, one of the killed worker; each was asked to be retried.
        states.GetValueOrDefault("FAIL").Should().BeInRange(3, 12);
        (await study.RowsAsync("SELECT DISTINCT value_json FROM trial_system_attributes WHERE `key` = 'failed_trial'")).Should().HaveCountGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task Workers_end_in_order_before_their_time_limit_and_go_on_where_that_was_asked_for()
    {
        await using ClusterHosts own = await ClusterHosts.StartNewAsync(1);
        await using SlurmStudy study = await SlurmStudy.StartAsync(own);

        Task<HostCommand> launch = study.LaunchAsync(
            ClusterHosts.Head, study.Worker, "-n", "2", "--study", "s", "--backend", "slurm", "--partition", "short", "--time", "1",
            "--total-trials", "140", "--direction", "minimize", "--resubmit");

        HostCommand ended = await launch;
        ended.ExitCode.Should().Be(0, ended.Error + ended.Output);
        string folder = Directory.GetDirectories(study.Runs).Single();
        int[] attempts = [.. new[] { 0, 1 }.Select(index => (int)JsonNode.Parse(File.ReadAllText(Path.Combine(folder, $"worker-{index}.json")))!["attempt"]!)];
        attempts.Max().Should().BeGreaterThan(0, "the trials of one time limit are fewer, and one task that is started anew may do the rest");
        Dictionary<string, int> states = await study.StatesAsync("s");
        states.Should().Contain("COMPLETE", 140);
        states.GetValueOrDefault("FAIL").Should().BeLessThanOrEqualTo(
            attempts.Sum(attempt => attempt + 1), "a worker that is asked to end fails the trial that it has begun, and no other");
        states.Keys.Should().BeSubsetOf(["COMPLETE", "FAIL"]);
    }
}
