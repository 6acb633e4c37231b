using System.Text.Json;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>Showing a run, and stopping it, from another terminal.</summary>
public sealed class RunCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public RunCommandsTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals and /proc are matters of Linux.");
        PreparedStudy.CopyInto(_folder);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_is_seen_by_status_and_ended_by_stop()
    {
        await using var launcher = LauncherProcess.Start(
            _folder, null, Programs.DummyWorker, "-n", "2", "--json", "--", "optimize", "--milliseconds", "600000");
        await launcher.ReadyAsync(2);
        JsonElement status = await StatusAsync(found => found.GetProperty("study").GetProperty("running").GetInt32() == 2);
        string run = status.GetProperty("runs")[0].GetProperty("run").GetString()!;
        status.GetProperty("runs")[0].GetProperty("state").GetString().Should().Be("running");
        status.GetProperty("runningTrials").EnumerateArray().Should().HaveCount(2).And.OnlyContain(trial =>
            trial.GetProperty("run").GetString() == run && trial.GetProperty("isAlive").GetBoolean()
            && trial.GetProperty("secondsSinceHeartbeat").GetDouble() < 60);
        status.GetProperty("runningTrials").EnumerateArray().Select(trial => trial.GetProperty("worker").GetInt32()).Should().BeEquivalentTo([0, 1]);

        var (exitCode, stop) = await LauncherProcess.RunAsync(_folder, null, "stop", run[..^2]);

        exitCode.Should().Be(WorkerExitCode.Success, stop.Errors);
        stop.Output.Should().Contain("ended with exit code 143").And.Contain("2 failed, 0 running");
        (await launcher.WaitAsync()).Should().Be(WorkerExitCode.Terminated);
        RunPaths.All(_folder.File("runs")).Should().ContainSingle().Which.Id.Should().Be(run);
        (exitCode, stop) = await LauncherProcess.RunAsync(_folder, null, "stop", run);
        exitCode.Should().Be(WorkerExitCode.Success);
        stop.Output.Should().Contain("has ended already");
    }

    [Theory]
    [InlineData("No run goes on", "stop")]
    [InlineData("There is no run", "stop", "2000")]
    public async Task What_cannot_be_stopped_is_told(string expected, params string[] arguments)
    {
        var (exitCode, launcher) = await LauncherProcess.RunAsync(_folder, null, arguments);

        exitCode.Should().Be(WorkerExitCode.Usage);
        launcher.Errors.Should().Contain(expected).And.NotContain("   at ");
    }

    [Fact]
    public async Task A_damaged_record_hides_no_other_run()
    {
        _folder.Write("runs/20260101T000000Z-aaaaaa/run.json", "{");
        _folder.Write("runs/20260101T000000Z-bbbbbb/run.json", """{"run": "20260101T000000Z-bbbbbb", "state": "finished"}""");

        var (exitCode, launcher) = await LauncherProcess.RunAsync(_folder, null, "status");

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        launcher.Output.Should().Contain("20260101T000000Z-bbbbbb");
        launcher.Errors.Should().Contain("aaaaaa").And.Contain("cannot be read").And.NotContain("   at ");
    }

    [Fact]
    public async Task A_study_that_is_not_there_is_told()
    {
        var (exitCode, launcher) = await LauncherProcess.RunAsync(_folder, null, "status", "--study", "nothing");

        exitCode.Should().Be(WorkerExitCode.Storage);
        launcher.Errors.Should().Contain("has no study 'nothing'");
    }

    private async Task<JsonElement> StatusAsync(Func<JsonElement, bool> isReached)
    {
        while (true)
        {
            var (exitCode, launcher) = await LauncherProcess.RunAsync(_folder, null, "status", "--study", PreparedStudy.Name, "--json");
            exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
            JsonElement status = JsonDocument.Parse(launcher.Output).RootElement;
            if (isReached(status)) return status;
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
