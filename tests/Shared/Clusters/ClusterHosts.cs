using System.Diagnostics;
using System.Globalization;

namespace Hpo.Tests;

/// <summary>
/// A cluster of its own on this machine (scripts/cluster): the hosts head, n1, n2, … with Slurm over them. Where it cannot be
/// had the tests that ask for it skip, and say why.
/// </summary>
public sealed class ClusterHosts : IAsyncLifetime
{
    public const string Head = "head";
    public const string HeadAddress = "198.18.0.1";

    /// <summary>The exit code of a start on a machine that lacks Slurm or permits no hosts.</summary>
    private const int Impossible = 77;

    private static readonly TimeSpan StateLimit = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly int _nodes;

    /// <summary>Three nodes, for the tests of a class.</summary>
    public ClusterHosts() : this(3)
    {
    }

    private ClusterHosts(int nodes) => _nodes = nodes;

    public static string Script { get; } = Path.Combine(SourceTree.Root, "scripts", "cluster");

    /// <summary>What is missing on this machine; null where the cluster runs.</summary>
    public string? Missing { get; private set; }

    /// <summary>The directory of the cluster.</summary>
    public string Home => _folder.File("cluster");

    /// <summary>A folder that all hosts share.</summary>
    public string Shared => Directory.CreateDirectory(_folder.File("shared")).FullName;

    /// <summary>A cluster of a test's own. The test disposes of it.</summary>
    public static async Task<ClusterHosts> StartNewAsync(int nodes)
    {
        var cluster = new ClusterHosts(nodes);
        await cluster.InitializeAsync();
        cluster.Require();
        return cluster;
    }

    /// <summary>Skips the calling test where the cluster cannot be had.</summary>
    public void Require() => Assert.SkipWhen(Missing is not null, Missing ?? "");

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            Missing = "A cluster needs Linux.";
            return;
        }

        HostCommand start = await ManageAsync("start", _nodes.ToString(CultureInfo.InvariantCulture));
        if (start.ExitCode == Impossible) Missing = start.Error.Trim();
        else start.Require();
    }

    public async ValueTask DisposeAsync()
    {
        if (Missing is null) await StopAsync();
        _folder.Dispose();
    }

    /// <summary>Ends all hosts and what runs on them.</summary>
    public async Task StopAsync() => (await ManageAsync("stop")).Require();

    /// <summary>Takes the power from a host: none of its connections is closed.</summary>
    public async Task KillAsync(string host) => (await ManageAsync("kill", host)).Require();

    /// <summary>Starts a host that was killed.</summary>
    public async Task BootAsync(string host) => (await ManageAsync("boot", host)).Require();

    /// <summary>Cuts a host off from the others; what runs on it goes on.</summary>
    public async Task CutAsync(string host) => (await ManageAsync("cut", host)).Require();

    /// <summary>Connects a host that was cut off.</summary>
    public async Task JoinAsync(string host) => (await ManageAsync("join", host)).Require();

    /// <summary>Runs a command on a host, and returns how it ended.</summary>
    public Task<HostCommand> RunAsync(string host, string program, params string[] arguments) =>
        HostCommand.RunAsync(On(host, new ProcessStartInfo(program, arguments)));

    /// <summary>The same command on a host. The command is killed when the process that starts it is.</summary>
    public ProcessStartInfo On(string host, ProcessStartInfo start) =>
        new(Script, ["run", Home, host, start.FileName, .. start.ArgumentList]) { WorkingDirectory = start.WorkingDirectory };

    /// <summary>Waits until Slurm says this of a node, e.g. idle, or down* of one that does not answer.</summary>
    public async Task AwaitStateAsync(string node, string state)
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            HostCommand sinfo = await RunAsync(Head, "sinfo", "--noheader", "--partition=main", $"--nodes={node}", "--format=%T");
            if (sinfo.Output.Trim() == state) return;
            if (waiting.Elapsed > StateLimit)
            {
                throw new TimeoutException($"{node} is '{sinfo.Output.Trim()}', not '{state}', after {StateLimit}. {sinfo.Error}");
            }

            await Task.Delay(100);
        }
    }

    /// <summary>A database server on the head, which all hosts reach. The test disposes of it.</summary>
    public Task<DatabaseServer> StartDatabaseAsync(params string[] options) => DatabaseServer.StartOnAsync(this, options);

    private Task<HostCommand> ManageAsync(string verb, params string[] arguments) =>
        HostCommand.RunAsync(new ProcessStartInfo(Script, [verb, Home, .. arguments]));
}
