using Hpo.Tests;

namespace Hpo.Integration.Tests.Clusters;

/// <summary>A host that is cut off. By itself, for Slurm takes long to notice either end of it.</summary>
public sealed class CutHostTests(ClusterHosts cluster) : IClassFixture<ClusterHosts>
{
    [Fact]
    public async Task A_host_that_was_cut_off_is_noticed_and_works_on_and_is_joined_again()
    {
        cluster.Require();
        string[] ask = ["timeout", "1", "bash", "-c", $"echo >/dev/tcp/{ClusterHosts.HeadAddress}/6817"];
        Task<HostCommand> AskHeadAsync() => cluster.RunAsync("n2", ask[0], ask[1..]);
        (await AskHeadAsync()).Require();

        await cluster.CutAsync("n2");
        (await AskHeadAsync()).ExitCode.Should().NotBe(0);
        (await cluster.RunAsync("n2", "pgrep", "-x", "slurmd")).Require();
        await cluster.AwaitStateAsync("n2", "down*");

        await cluster.JoinAsync("n2");
        await cluster.AwaitStateAsync("n2", "idle");
        (await AskHeadAsync()).Require();
    }
}
