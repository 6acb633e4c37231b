using Hpo.Tests;

namespace Hpo.Integration.Tests.Clusters;

/// <summary>What tests of launches on a cluster build on: hosts of their own, jobs on all of them, a database that they share.</summary>
public sealed class ClusterHostsTests(ClusterHosts cluster) : IClassFixture<ClusterHosts>
{
    [Fact]
    public async Task Three_nodes_are_idle_in_every_partition()
    {
        cluster.Require();

        HostCommand sinfo = await cluster.RunAsync(ClusterHosts.Head, "sinfo", "--noheader", "--format=%P %T %D %l");

        sinfo.Require().Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Equal(
            "main* idle 3 infinite", "short idle 3 1:00", "low idle 3 infinite", "high idle 3 infinite");
    }

    [Fact]
    public async Task A_host_has_a_name_of_its_own_and_knows_the_others()
    {
        cluster.Require();

        (await cluster.RunAsync("n2", "hostname")).Require().Trim().Should().Be("n2");
        (await cluster.RunAsync("n2", "getent", "hosts", "head", "n3")).Require()
            .Should().MatchRegex(@"\A198\.18\.0\.1\s+head\n198\.18\.0\.13\s+n3\n\z");
    }

    [Fact]
    public async Task A_command_on_a_host_gives_its_exit_code_and_its_output()
    {
        cluster.Require();

        HostCommand command = await cluster.RunAsync("n1", "sh", "-c", "echo out; echo error >&2; exit 3");

        command.Should().Be(new HostCommand(3, "out\n", "error\n"));
    }

    [Fact]
    public async Task The_tasks_of_an_array_run_on_all_nodes_at_once()
    {
        cluster.Require();
        string folder = Directory.CreateDirectory(Path.Combine(cluster.Shared, "array")).FullName;
        string script = Path.Combine(folder, "task.sh");
        // A task that does not see all six in time fails.
        await File.WriteAllTextAsync(script, $"""
            #!/bin/bash
            hostname >{folder}/$SLURM_ARRAY_TASK_ID.host
            for ((i = 0; i < 300; i++)); do
                (($(ls {folder}/*.host | wc -l) == 6)) && exec touch {folder}/$SLURM_ARRAY_TASK_ID.met
                sleep 0.1
            done
            """);

        (await cluster.RunAsync(ClusterHosts.Head, "sbatch", "--array=0-5", $"--output={folder}/%a.log", script)).Require();
        await Poll.UntilAsync(() => Directory.GetFiles(folder, "*.met").Length == 6);

        Directory.GetFiles(folder, "*.host").Select(file => File.ReadAllText(file).Trim()).Order()
            .Should().Equal("n1", "n1", "n2", "n2", "n3", "n3");
    }

    [Fact]
    public async Task Nodes_share_a_study_in_a_database_on_the_head()
    {
        cluster.Require();
        await using DatabaseServer database = await cluster.StartDatabaseAsync();
        await database.ExecuteAsync("CREATE DATABASE shared");
        string url = database.Url("shared");
        const string Tell = "import optuna, sys; s = optuna.create_study(storage=sys.argv[1], study_name='s'); s.tell(s.ask(), 42.0)";
        const string Read = "import optuna, sys; print(optuna.load_study(storage=sys.argv[1], study_name='s').best_value)";

        (await cluster.RunAsync("n1", Programs.Python, "-c", Tell, url)).Require();
        HostCommand read = await cluster.RunAsync("n2", Programs.Python, "-c", Read, url);

        read.Require().Trim().Should().Be("42.0");
    }

    [Fact]
    public async Task Two_clusters_run_side_by_side()
    {
        cluster.Require();
        await using ClusterHosts other = await ClusterHosts.StartNewAsync(1);

        (await NodesAsync(cluster)).Should().Equal("n1", "n2", "n3");
        (await NodesAsync(other)).Should().Equal("n1");
        await other.StopAsync();
        (await NodesAsync(cluster)).Should().HaveCount(3);
    }

    private static async Task<string[]> NodesAsync(ClusterHosts cluster) =>
        (await cluster.RunAsync(ClusterHosts.Head, "sinfo", "--noheader", "--partition=main", "--Node", "--format=%N")).Require()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
