using Hpo.Tests;

namespace Hpo.Integration.Tests.Clusters;

/// <summary>The folder of a run on Slurm: odd names, hosts that lack it, runs that are found without it.</summary>
public sealed class SlurmFolderTests(ClusterHosts cluster) : IClassFixture<ClusterHosts>
{
    [Fact]
    public async Task A_run_is_found_by_its_jobs_number_and_name_from_any_folder_and_without_its_own()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);
        (await study.LaunchAsync("n1", [.. Line(study), "--total-trials", "1000", "--detach"])).Require();
        await Poll.UntilAsync(async () => await study.FinishedAsync("s") >= 4);
        string job = (await study.QueueAsync("%F"))[0], name = (await study.QueueAsync("%j"))[0];
        string elsewhere = Directory.CreateDirectory(Path.Combine(cluster.Shared, "elsewhere")).FullName;

        foreach (string known in new[] { job, name })
            (await study.LaunchAsync("n2", "status", known, "--log-dir", elsewhere)).Require().Should().Contain("running (detached)").And.Contain("2");
        (await study.LaunchAsync("n2", "stop", job, "--log-dir", elsewhere)).Require().Should().Contain("It has ended with exit code 130");
        (await study.StatesAsync("s")).Should().NotContainKey("RUNNING");
        (await study.LaunchAsync("n3", "--resume", name["hpo-".Length..], "--log-dir", study.Runs, "--total-trials", "1000", "--detach")).Require();
        await Poll.UntilAsync(async () => (await study.QueueAsync("%T")).Contains("RUNNING"));
        job = (await study.QueueAsync("%F"))[0];
        Directory.Move(study.Runs, Path.Combine(study.Folder, "moved"));

        (await study.LaunchAsync("n2", "--resume", job)).Should().Match<HostCommand>(refused => refused.ExitCode == 2 && refused.Error.Contains("is not on this host"));
        (await study.LaunchAsync("n2", "stop", job)).Require().Should().Contain("Its folder is not on this host").And.Contain("status --study");
        await study.AwaitEmptyQueueAsync();
        (await study.LaunchAsync("n2", "stop", "4711")).Should().Match<HostCommand>(refused => refused.ExitCode == 2 && refused.Error.Contains("There is no run 4711"));
    }

    private const string Odd = "Läufe %j_%a of 'me' \"$HOME\", 50%";

    [Fact]
    public async Task A_folder_may_have_any_name()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);

        HostCommand launch = await study.LaunchAsync(
            ClusterHosts.Head, [.. Line(study), "--total-trials", "4", "--log-dir", Odd]);

        launch.Require();
        string run = Directory.GetDirectories(Path.Combine(study.Folder, Odd)).Single();
        File.Exists(Path.Combine(run, "slurm-1.log")).Should().BeTrue();
        (await study.StatesAsync("s")).Should().BeEquivalentTo(new Dictionary<string, int> { ["COMPLETE"] = 4 });

        (await study.LaunchAsync(ClusterHosts.Head, [.. Line(study), "--total-trials", "4", "--log-dir", "back\\slash"])).Should().Match<HostCommand>(
            refused => refused.ExitCode == 2 && refused.Error.Contains("no folder with a backslash") && refused.Error.Contains("--log-dir"));
    }

    [Fact]
    public async Task A_working_directory_that_a_node_lacks_is_named_with_the_node()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);

        HostCommand launch = await study.LaunchFromAsync(ClusterHosts.Head, "/run/own", [.. Line(study), "--total-trials", "4", "--log-dir", study.Runs]);

        launch.ExitCode.Should().Be(4, launch.Error);
        launch.Error.Should().MatchRegex(@"worker 0 failed for good with exit code 4: on n\d: The working directory /run/own is not on n\d");
    }

    [Fact]
    public async Task A_run_folder_that_a_node_lacks_is_named()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);

        HostCommand launch = await study.LaunchFromAsync(ClusterHosts.Head, "/run/own", [.. Line(study), "--total-trials", "4"]);

        launch.ExitCode.Should().Be(1, launch.Error);
        launch.Error.Should().MatchRegex(@"worker 0 failed for good .*there is no /run/own/runs/.*/slurm-0\.log: do all hosts share its folder\?");
        await study.AwaitEmptyQueueAsync();
    }

    private static string[] Line(SlurmStudy study) =>
        [study.Worker, "-n", "2", "--study", "s", "--backend", "slurm", "--direction", "minimize", "--heartbeat", "2"];
}
