using Hpo.Tests;

namespace Hpo.Integration.Tests.Clusters;

/// <summary>Hosts that die and come back.</summary>
public sealed class KilledHostTests(ClusterHosts cluster) : IClassFixture<ClusterHosts>
{
    [Fact]
    public async Task A_killed_host_is_noticed_and_comes_back()
    {
        cluster.Require();

        await cluster.KillAsync("n1");
        (await cluster.RunAsync("n1", "hostname")).Error.Should().Contain("n1 does not run");
        await cluster.AwaitStateAsync("n1", "down*");

        await cluster.BootAsync("n1");
        await cluster.AwaitStateAsync("n1", "idle");
        (await cluster.RunAsync("n1", "hostname")).Require().Trim().Should().Be("n1");
    }

    [Fact]
    public async Task A_job_that_waits_outlives_the_head()
    {
        cluster.Require();
        DateTime submission = DateTime.UtcNow;
        string job = (await cluster.RunAsync(ClusterHosts.Head, "sbatch", "--parsable", "--hold", "--wrap=true")).Require().Trim();
        // The controller writes its jobs down seconds later, and forgets those that it has not.
        await Poll.UntilAsync(() => File.GetLastWriteTimeUtc(Path.Combine(cluster.Home, "state", "job_state")) > submission);

        await cluster.KillAsync(ClusterHosts.Head);
        await cluster.BootAsync(ClusterHosts.Head);
        await cluster.AwaitStateAsync("n3", "idle");

        (await cluster.RunAsync(ClusterHosts.Head, "squeue", "--noheader", "--jobs", job, "--format=%T")).Require().Trim()
            .Should().Be("PENDING");
    }
}
