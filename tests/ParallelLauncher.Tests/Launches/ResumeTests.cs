using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>What comes after a launcher that was killed.</summary>
public sealed class ResumeTests(DatabaseServer server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_launcher_leaves_no_worker_and_resume_completes_the_budget()
    {
        server.Require();
        await using LauncherProcess killed = Start("resumed", Programs.DummyWorker, "-n", "3", "--direction", "minimize",
            "--total-trials", "12", "--seed", "7", "--json", "--", "optimize", "--milliseconds", "400");
        await server.WaitForTrialsAsync("resumed", "state = 'COMPLETE'", 3);
        int[] workers = Processes.ChildrenOf(killed.Id, "DummyWorker");
        workers.Should().HaveCount(3);
        int guard = Processes.ChildrenOf(killed.Id, "sh").Should().ContainSingle().Which;

        killed.Send(Posix.KillNow);

        foreach (int worker in workers) (await Processes.IsGoneAsync(worker)).Should().BeTrue();
        (await Processes.IsGoneAsync(guard)).Should().BeTrue("the guard has done its work");
        (await server.TrialsAsync("resumed", "state = 'COMPLETE'")).Should().BeLessThan(12);

        await using LauncherProcess resumed = Start("resumed", "--resume", "--json");
        (await resumed.WaitAsync()).Should().Be(WorkerExitCode.Success, resumed.Errors);
        (await server.TrialsAsync("resumed", "state = 'COMPLETE'")).Should().Be(12);
        (await server.TrialsAsync("resumed", "state NOT IN ('COMPLETE', 'FAIL')")).Should().Be(0);
        resumed.Json.GetProperty("plan").GetProperty("resumes").GetString().Should().Be(killed.Events[0].GetProperty("run").GetProperty("run").GetString());
        resumed.Json.GetProperty("workers").EnumerateArray().Should()
            .OnlyContain(worker => worker.GetProperty("start").GetInt32() >= 1, "a seed is not used twice");
    }

    [Fact]
    public async Task Trials_that_were_left_running_are_failed_at_once_and_tried_again_with_their_parameters()
    {
        server.Require();
        await using LauncherProcess killed = Start("retried", Programs.DummyWorker, "-n", "2", "--direction", "minimize",
            "--total-trials", "2", "--retry-failed", "1", "--json", "--", "optimize", "--milliseconds", "60000", "--deaf");
        await server.WaitForTrialsAsync("retried", "state = 'RUNNING' AND trial_id IN (SELECT trial_id FROM retried.trial_params)", 2);
        int[] workers = Processes.ChildrenOf(killed.Id, "DummyWorker");
        killed.Send(Posix.KillNow);
        foreach (int worker in workers) (await Processes.IsGoneAsync(worker)).Should().BeTrue("not even one that ignores SIGTERM");
        (await server.TrialsAsync("retried", "state = 'RUNNING'")).Should().Be(2);

        await using LauncherProcess resumed = Start("retried", "--resume", "--json", "--", "optimize");

        (await resumed.WaitAsync()).Should().Be(WorkerExitCode.Success, resumed.Errors);
        resumed.Events.Count(happened => happened.GetProperty("event").GetString() == "trial-lost").Should().Be(2);
        (await server.TrialsAsync("retried", "state = 'FAIL'")).Should().Be(2);
        (await server.TrialsAsync("retried", "state = 'COMPLETE'")).Should().Be(2);
        (await server.ExecuteAsync("SELECT COUNT(DISTINCT param_value) FROM retried.trial_params")).Should().Be(2L, "both were retried as they were");
    }

    [Theory]
    [InlineData("There is no run to resume", "--resume")]
    [InlineData("There is no run nowhere", "--resume", "nowhere")]
    public async Task Nothing_to_resume_is_told(string expected, params string[] arguments)
    {
        await using LauncherProcess launcher = LauncherProcess.Start(_folder, null, arguments);

        (await launcher.WaitAsync()).Should().Be(WorkerExitCode.Usage);
        launcher.Errors.Should().Contain(expected).And.NotContain("   at ");
    }

    private LauncherProcess Start(string database, params string[] arguments) => LauncherProcess.Start(
        _folder, new Dictionary<string, string> { ["OPTUNA_STORAGE"] = server.Url(database) }, arguments);
}
