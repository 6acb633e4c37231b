using FluentAssertions.Execution;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Clusters;

/// <summary>What is refused before anything is submitted, and what nobody else may read.</summary>
public sealed class SlurmRefusalTests(ClusterHosts cluster) : IClassFixture<ClusterHosts>
{
    private static readonly (int ExitCode, string Reason, string Remedy, string[] Options)[] Refused =
    [
        (2, "invalid partition specified: nowhere", "--partition", ["--partition", "nowhere"]),
        (2, "More processors requested than permitted", "--cpus", ["--cpus", "512"]),
        (2, "Requested node configuration is not available", "--memory", ["--memory", "900G"]),
        (2, "Requested time limit is invalid", "--time", ["--partition", "short", "--time", "2:00:00"]),
        (2, "Invalid --time specification", "--time", ["--time", "soon"]),
        (2, "Invalid generic resource", "--gpus-per-worker", ["--gpus-per-worker", "1"]),
        (2, "Invalid feature specification", "--backend-arg", ["--backend-arg=--constraint=quantum"]),
        (2, "Invalid job array specification", "--num_parallel", ["-n", "1024"]),
        (2, "--pin is for this machine", "--cpus", ["--pin"]),
        (2, "--gpus is for this machine", "--gpus-per-worker", ["--gpus", "0,1"]),
        (2, "localhost is each host itself", "database's host", ["--storage", "mysql://u:p@localhost/d"]),
        (2, "127.0.0.1 is each host itself", "database's host", ["--storage", "mysql://u:p@127.0.0.1:3306/d"]),
        (2, "socket /run/mysqld.sock is this machine's", "database's host", ["--storage", "mysql://u:p@localhost/d?unix_socket=/run/mysqld.sock"]),
        (2, "SQLite file", "database's host", ["--storage", "sqlite:///study.db"]),
        (2, "it is one of local", "slurm", ["--backend=pbs"]),
        (2, "--heartbeat 0", "heartbeats", ["--heartbeat", "0"]),
        (3, "198.18.0.1:9", "Check host and port", ["--storage", "mysql://u:p@198.18.0.1:9/d"]),
    ];

    [Fact]
    public async Task A_launch_that_cannot_run_is_refused_with_the_reason_and_leaves_nothing()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);
        using var all = new AssertionScope();
        foreach ((int exitCode, string reason, string remedy, string[] options) in Refused)
        {
            string[] basic = options.Contains("--backend=pbs") ? [] : ["--backend", "slurm"];
            HostCommand launch = await study.LaunchAsync(
                ClusterHosts.Head, [study.Worker, "--study", "s", "--direction", "minimize", "--total-trials", "1", .. basic, .. options]);

            launch.ExitCode.Should().Be(exitCode, launch.Error);
            launch.Error.Should().Contain(reason).And.Contain(remedy).And.NotContain("   at ");
            Directory.Exists(study.Runs).Should().BeFalse();
        }

        (await study.RowsAsync("SHOW TABLES")).Should().BeEmpty();
        (await cluster.RunAsync(ClusterHosts.Head, "squeue", "--noheader", "--states=all", "--name=hpo-check")).Require().Trim().Should().BeEmpty();
    }

    [Fact]
    public async Task The_password_is_in_no_job_record_environment_argument_list_or_file_that_others_may_read()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);
        (await study.LaunchAsync(
            ClusterHosts.Head, study.Worker, "-n", "2", "--study", "s", "--backend", "slurm", "--direction", "minimize", "--total-trials", "500",
            "--detach")).Require();
        await Poll.UntilAsync(async () => await study.FinishedAsync("s") >= 2);

        string secret = Uri.EscapeDataString(DatabaseServer.Password); // as it stands in a URL
        string seen = (await cluster.RunAsync(ClusterHosts.Head, "scontrol", "show", "job")).Require();
        foreach (string host in new[] { ClusterHosts.Head, "n1", "n2", "n3" })
        {
            seen += (await cluster.RunAsync(host, "ps", "-e", "-ww", "-o", "args")).Require();
            // The environments of Slurm's own processes; the worker's is its owner's to read.
            seen += (await cluster.RunAsync(host, "sh", "-c", "for p in $(pgrep slurm); do tr '\\0' '\\n' </proc/$p/environ; done")).Output;
        }

        seen.Should().Contain("hpo-").And.NotContain(secret).And.NotContain(DatabaseServer.Password);
        HostCommand state = await cluster.RunAsync(ClusterHosts.Head, "grep", "-r", "-l", "--text", secret, Path.Combine(cluster.Home, "state"), Path.Combine(cluster.Home, "log"));
        state.Output.Should().BeEmpty();
        string[] holders = (await cluster.RunAsync(ClusterHosts.Head, "grep", "-r", "-l", "--text", secret, study.Folder)).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        holders.Should().NotBeEmpty("the agents have it from somewhere");
        foreach (string file in holders)
            (await cluster.RunAsync(ClusterHosts.Head, "stat", "--format=%a", file)).Require().Trim().Should().Be("600", file);
        (await study.LaunchAsync(ClusterHosts.Head, "stop")).Require();
    }
}
