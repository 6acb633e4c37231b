using System.Diagnostics;
using System.Globalization;
using Hpo.Interop;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Scripts;

/// <summary>scripts/cluster: what it leaves behind, and what it says where it cannot do its work.</summary>
public sealed class ClusterScriptTests : IDisposable
{
    private const int Impossible = 77;

    private readonly TemporaryFolder _folder = new();

    private string Home => _folder.File("cluster");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stopping_leaves_no_process_and_so_no_namespace_and_no_mount()
    {
        await using ClusterHosts cluster = await ClusterHosts.StartNewAsync(2);
        string?[] networks = [.. Directory.GetFiles(Path.Combine(cluster.Home, "run"))
            .Select(file => NetworkOf(File.ReadAllText(file).Split(' ')[0])).Distinct()];
        networks.Should().HaveCount(4, "the head, two nodes and the switch have one each").And.NotContain(NetworkOf("self"));

        await cluster.StopAsync();

        ProcessesOf(cluster.Home).Should().BeEmpty();
        Processes().Where(process => networks.Contains(NetworkOf(process))).Should().BeEmpty();
        (await File.ReadAllTextAsync("/proc/self/mountinfo")).Should().NotContain(cluster.Home);
        Directory.GetDirectories(cluster.Home).Select(Path.GetFileName).Should().Equal("log");
    }

    [Fact]
    public async Task A_command_ends_with_the_process_that_runs_it()
    {
        await using ClusterHosts cluster = await ClusterHosts.StartNewAsync(1);
        using Process process = Process.Start(cluster.On("n1", new ProcessStartInfo("sleep", ["54321"])))!;
        await UntilAsync(cluster, exitCode: 0);

        process.Kill();

        await UntilAsync(cluster, exitCode: 1);
    }

    [Fact]
    public async Task A_start_of_a_cluster_that_runs_leaves_it_alone()
    {
        await using ClusterHosts cluster = await ClusterHosts.StartNewAsync(1);

        HostCommand start = await RunAsync("start", cluster.Home);

        start.ExitCode.Should().Be(1);
        start.Error.Should().Contain("already");
        (await cluster.RunAsync("n1", "hostname")).Require().Trim().Should().Be("n1");
    }

    [Fact]
    public async Task Stopping_where_no_cluster_is_removes_nothing()
    {
        string file = _folder.Write("cluster/etc/kept", "");

        HostCommand stop = await RunAsync("stop", Home);

        stop.ExitCode.Should().Be(0);
        stop.Error.Should().Contain("no cluster");
        File.Exists(file).Should().BeTrue();
        (await RunAsync("start", Home)).ExitCode.Should().NotBe(0);
        File.Exists(file).Should().BeTrue();
    }

    [Fact]
    public async Task A_start_without_the_right_to_make_hosts_says_so_and_leaves_nothing()
    {
        await RequireClusterAsync();

        HostCommand start = await HostCommand.RunAsync(
            new ProcessStartInfo("setpriv", ["--bounding-set=-sys_admin", ClusterHosts.Script, "start", Home]));

        start.ExitCode.Should().Be(Impossible);
        start.Error.Should().Contain("cannot be made here").And.Contain("not permitted");
        AssertNothingIsLeft();
    }

    [Fact]
    public async Task A_start_whose_Slurm_does_not_start_says_so_and_leaves_nothing()
    {
        await RequireClusterAsync();
        string slurm = _folder.WriteProgram("bin/slurmctld", "#!/bin/sh\necho 'no controller today' >&2; exit 3\n");

        HostCommand start = await HostCommand.RunAsync(new ProcessStartInfo(ClusterHosts.Script, ["start", Home])
        {
            Environment = { ["PATH"] = $"{Path.GetDirectoryName(slurm)}:{Environment.GetEnvironmentVariable("PATH")}" },
        });

        start.ExitCode.Should().Be(1);
        start.Error.Should().Contain("no controller today").And.Contain("head");
        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("begin")]
    [InlineData("start", "0")]
    [InlineData("start", "many")]
    [InlineData("kill")]
    [InlineData("kill", "n9")]
    [InlineData("run", "n1")]
    public async Task A_command_line_that_makes_no_sense_is_a_usage_error(string verb, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the scripts need Linux");

        HostCommand run = await HostCommand.RunAsync(new ProcessStartInfo(ClusterHosts.Script, [verb, Home, .. arguments]));

        run.ExitCode.Should().Be(WorkerExitCode.Usage);
        run.Error.Should().StartWith("cluster: ");
        AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("--help", WorkerExitCode.Success)]
    [InlineData("--nodes", WorkerExitCode.Usage)]
    public async Task An_option_is_no_folder_of_a_cluster(string option, int exitCode)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the scripts need Linux");

        HostCommand start = await HostCommand.RunAsync(
            new ProcessStartInfo(ClusterHosts.Script, ["start", option]) { WorkingDirectory = _folder.Path });

        start.ExitCode.Should().Be(exitCode);
        (start.Output + start.Error).Should().Contain("cluster");
        Directory.GetFileSystemEntries(_folder.Path).Should().BeEmpty();
    }

    private static Task<HostCommand> RunAsync(string verb, string home) =>
        HostCommand.RunAsync(new ProcessStartInfo(ClusterHosts.Script, [verb, home]));

    /// <summary>Skips where even a whole start would fail.</summary>
    private static async Task RequireClusterAsync() => await (await ClusterHosts.StartNewAsync(1)).DisposeAsync();

    /// <summary>Waits until a search for the command on n1 ends with this exit code.</summary>
    private static Task UntilAsync(ClusterHosts cluster, int exitCode) =>
        Poll.UntilAsync(async () => (await cluster.RunAsync("n1", "pgrep", "-fx", "sleep 54321")).ExitCode == exitCode);

    private void AssertNothingIsLeft()
    {
        Directory.Exists(Home).Should().BeFalse();
        ProcessesOf(Home).Should().BeEmpty();
    }

    private static IEnumerable<string> Processes() =>
        Directory.GetDirectories("/proc").Select(folder => Path.GetFileName(folder)).Where(name => char.IsAsciiDigit(name[0]))
            .Where(name => MySqlScripts.Runs(int.Parse(name, CultureInfo.InvariantCulture)));

    private static string[] ProcessesOf(string home) =>
        [.. Processes().Where(process => ReadOrEmpty($"/proc/{process}/cmdline").Contains(home, StringComparison.Ordinal))];

    private static string? NetworkOf(string process) => new FileInfo($"/proc/{process}/ns/net").LinkTarget;

    private static string ReadOrEmpty(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return ""; // it has just ended
        }
    }
}
