using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>Whatever dies, the budget is met exactly and nothing is left behind.</summary>
[Collection(RunsAlone.Name)]
public sealed class EnduranceTests(DatabaseServer server) : IDisposable
{
    private const int Workers = 4;
    private const int Total = 100;
    private const int Kills = 20;
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(5);

    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<int> _seen = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Twenty_killed_workers_cost_no_trial()
    {
        server.Require();
        await using LauncherProcess launcher = Start("killed");

        await KillAsync(launcher, Kills);

        await CheckAsync(launcher, "killed");
    }

    [Fact]
    public async Task Killed_workers_and_a_restart_of_the_database_cost_no_trial()
    {
        server.Require();
        await using LauncherProcess launcher = Start("restarted");

        Task killing = KillAsync(launcher, Kills);
        await server.WaitForTrialsAsync("restarted", "state = 'COMPLETE'", 10);
        await server.StopAsync();
        await Task.Delay(Outage, TestContext.Current.CancellationToken);
        await server.StartAgainAsync();
        await killing;

        await CheckAsync(launcher, "restarted");
        launcher.Errors.Should().Contain("the database answers again");
    }

    [Fact]
    public async Task A_restart_of_the_database_behind_a_unix_socket_does_not_end_the_run()
    {
        server.Require();
        await using LauncherProcess launcher = LauncherProcess.Start(
            _folder, new Dictionary<string, string> { ["OPTUNA_STORAGE"] = $"{server.Url("socket")}?unix_socket={server.Socket}" },
            Programs.DummyWorker, "-n", "1", "--direction", "minimize", "--json", "--", "wait-for-interrupt");
        await launcher.ReadyAsync(1);

        await server.StopAsync();
        await launcher.LineAsync("the database does not answer");
        await server.StartAgainAsync();
        await launcher.LineAsync("the database answers again");
        launcher.Send(Posix.Interrupt);

        (await launcher.WaitAsync()).Should().Be(WorkerExitCode.Interrupted, launcher.Errors);
        launcher.Json.GetProperty("state").GetString().Should().Be("finished");
        launcher.Json.GetProperty("errors").GetArrayLength().Should().Be(0);
    }

    private LauncherProcess Start(string database) => LauncherProcess.Start(
        _folder, new Dictionary<string, string> { ["OPTUNA_STORAGE"] = server.Url(database) },
        Programs.DummyWorker, "-n", $"{Workers}", "--direction", "minimize", "--total-trials", $"{Total}", "--max-restarts", $"{Kills}",
        "--json", "--", "optimize", "--milliseconds", "700");

    /// <summary>Kills a random worker every second.</summary>
    private async Task KillAsync(LauncherProcess launcher, int kills)
    {
        var random = new Random(28);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (kills > 0)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            Processes.IsAlive(launcher.Id).Should().BeTrue("the run goes on while workers are killed\n{0}", launcher.Errors);
            int[] workers = Processes.ChildrenOf(launcher.Id, "DummyWorker");
            _seen.UnionWith(workers);
            if (workers.Length > 0 && Posix.Kill(workers[random.Next(workers.Length)], Posix.KillNow) == 0) kills--;
        }
    }

    private async Task CheckAsync(LauncherProcess launcher, string database)
    {
        (await launcher.WaitAsync()).Should().Be(WorkerExitCode.Success, launcher.Errors);
        (await server.TrialsAsync(database, "state = 'COMPLETE'")).Should().Be(Total, launcher.Errors);
        (await server.TrialsAsync(database, "state NOT IN ('COMPLETE', 'FAIL')")).Should().Be(0, launcher.Errors);
        long all = await server.TrialsAsync(database, "TRUE");
        (await server.ExecuteAsync($"SELECT COUNT(DISTINCT number) FROM {database}.trials")).Should().Be(all, "no number is given twice");
        (await server.ExecuteAsync($"SELECT MAX(number) + 1 FROM {database}.trials")).Should().Be(all, "no number is left out");
        launcher.Json.GetProperty("study").GetProperty("complete").GetInt32().Should().Be(Total);
        launcher.Json.GetProperty("workers").EnumerateArray().Sum(worker => worker.GetProperty("complete").GetInt32()).Should().Be(Total);
        launcher.Json.GetProperty("workers").EnumerateArray().Sum(worker => worker.GetProperty("restarts").GetInt32())
            .Should().BeGreaterThan(0).And.BeLessThanOrEqualTo(Kills);
        _seen.Should().OnlyContain(worker => !Processes.IsAlive(worker));
    }
}
