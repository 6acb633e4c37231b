using System.Text.Json.Nodes;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Clusters;

/// <summary>Launches on Slurm, over three hosts and a database on the head.</summary>
public sealed class SlurmLaunchTests(ClusterHosts cluster) : IClassFixture<ClusterHosts>
{
    [Fact]
    public async Task Six_workers_on_three_hosts_make_exactly_the_trials_that_were_asked_for()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);

        HostCommand launch = await study.LaunchAsync(
            ClusterHosts.Head, Programs.Trainer, "-n", "6", "--study", "digits", "--backend", "slurm", "--total-trials", "60",
            "--direction", "maximize", "--", "tune", "digits");

        launch.Require();
        (await study.StatesAsync("digits")).Should().BeEquivalentTo(new Dictionary<string, int> { ["COMPLETE"] = 60 });
        (await study.HostsAsync("digits")).Keys.Should().BeEquivalentTo("n1", "n2", "n3");
        foreach (string host in new[] { "n1", "n2", "n3" }) (launch.Output + launch.Error).Should().Contain($"on {host}");

        var status = JsonNode.Parse((await study.LaunchAsync("n2", "status", "--study", "digits", "--json")).Require())!;
        ((int)status["study"]!["complete"]!).Should().Be(60);
        status["runs"]![0]!["workers"]!.AsArray().Select(worker => (string)worker!["host"]!).Distinct()
            .Should().BeEquivalentTo("n1", "n2", "n3");

        HostCommand optuna = await cluster.RunAsync(
            ClusterHosts.Head, Programs.Python, "-W", "ignore", "-c", "import optuna.cli; optuna.cli.main()",
            "trials", "--storage", study.Url, "--study-name", "digits", "--format", "json");
        JsonNode.Parse(optuna.Require())!.AsArray().Should().HaveCount(60).And.OnlyContain(trial => (string)trial!["state"]! == "COMPLETE");
    }

    [Fact]
    public async Task A_detached_run_is_shown_watched_and_stopped_from_other_hosts_and_outlives_its_login_host()
    {
        await using ClusterHosts own = await ClusterHosts.StartNewAsync(3);
        await using SlurmStudy study = await SlurmStudy.StartAsync(own);

        HostCommand launch = await study.LaunchAsync(
            "n1", study.Worker, "-n", "4", "--study", "s", "--backend", "slurm", "--backend-arg=--exclude=n1", "--total-trials", "400",
            "--direction", "minimize", "--heartbeat", "2", "--detach");
        launch.Require().Should().Contain("Slurm job");
        await own.KillAsync("n1");
        await Poll.UntilAsync(async () => await study.FinishedAsync("s") >= 8);

        string run = Path.GetFileName(Directory.GetDirectories(study.Runs).Single());
        HostCommand status = await study.LaunchAsync("n2", "status", "--study", "s");
        status.Require().Should().Contain("running (detached)").And.Contain("n2").And.Contain("n3");
        (await study.LaunchAsync("n3", study.Worker, "--study", "s", "--backend", "slurm", "--resume"))
            .Should().Match<HostCommand>(refused => refused.ExitCode == 2 && refused.Error.Contains("still goes on as Slurm job"));

        (await study.LaunchAsync("n3", "stop", run)).Require().Should().Contain("It has ended");
        Dictionary<string, int> stopped = await study.StatesAsync("s");
        stopped.Should().NotContainKey("RUNNING");
        stopped["COMPLETE"].Should().BeInRange(8, 399);
        (await own.RunAsync("n2", "squeue", "--noheader")).Require().Trim().Should().BeEmpty();

        int total = stopped["COMPLETE"] + 12;
        HostCommand resumed = await study.LaunchAsync("n2", "--resume", run, "--total-trials", $"{total}");
        resumed.Require();
        (await study.StatesAsync("s")).Should().Contain("COMPLETE", total).And.NotContainKey("RUNNING");
    }

    [Fact]
    public async Task A_run_whose_launcher_is_gone_is_watched_again_to_its_end()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);
        (await study.LaunchAsync(
            "n1", study.Worker, "-n", "4", "--study", "w", "--backend", "slurm", "--total-trials", "40", "--direction", "minimize", "--detach")).Require();
        await Poll.UntilAsync(async () => await study.FinishedAsync("w") >= 4);

        HostCommand watched = await study.LaunchAsync("n3", "--resume", Path.GetFileName(Directory.GetDirectories(study.Runs).Single()));

        watched.Require();
        Directory.GetDirectories(study.Runs).Should().ContainSingle("no second run was made");
        (await study.StatesAsync("w")).Should().BeEquivalentTo(new Dictionary<string, int> { ["COMPLETE"] = 40 });
    }
}
