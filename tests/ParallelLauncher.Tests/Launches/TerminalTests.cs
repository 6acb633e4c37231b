using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Results;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>A launcher in a real terminal: <c>script</c> gives it a pseudo-terminal, at which the tests type.</summary>
public sealed class TerminalTests(DatabaseServer server) : IDisposable
{
    private const string CtrlC = "\u0003";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ctrl_C_fails_every_running_trial_within_the_grace_time()
    {
        server.Require();
        await using LauncherProcess terminal = Start("interrupted",
            $"{Programs.Launcher} {Programs.DummyWorker} -n 3 --direction minimize --grace 60 -- optimize --milliseconds 600000");
        await server.WaitForTrialsAsync("interrupted", "state = 'RUNNING' AND trial_id IN (SELECT trial_id FROM interrupted.trial_user_attributes)", 3);

        await terminal.TypeAsync(CtrlC);

        (await terminal.WaitAsync()).Should().Be(WorkerExitCode.Interrupted, terminal.Output);
        (await server.TrialsAsync("interrupted", "state = 'FAIL'")).Should().Be(3);
        (await server.TrialsAsync("interrupted", "TRUE")).Should().Be(3);
        RunRecord run = RunRecord.Read(RunPaths.All(_folder.File("runs")).Should().ContainSingle().Which);
        run.ExitCode.Should().Be(WorkerExitCode.Interrupted);
        run.Workers.Should().OnlyContain(worker => worker.State == "stopped" && worker.ExitCode == WorkerExitCode.Interrupted);
        (await File.ReadAllTextAsync(RunPaths.All(_folder.File("runs"))[0].EventsFile, TestContext.Current.CancellationToken))
            .Should().Contain("\"stage\":\"interrupt\"").And.NotContain("\"stage\":\"terminate\"");
        terminal.Output.Should().Contain("running").And.Contain("interrupted (SIGINT)");
    }

    [Fact]
    public async Task A_second_Ctrl_C_does_not_wait_for_the_grace_time()
    {
        PreparedStudy.CopyInto(_folder);
        await using LauncherProcess terminal = Start(null, $"{Programs.Launcher} {Programs.DummyWorker} -n 1 --grace 600 -- ignore-interrupt");
        await terminal.LineAsync("ready ");

        await terminal.TypeAsync(CtrlC);
        await terminal.LineAsync("ignored SIGINT");
        await terminal.TypeAsync(CtrlC);

        (await terminal.WaitAsync()).Should().Be(WorkerExitCode.Interrupted, terminal.Output);
    }

    private LauncherProcess Start(string? database, string command)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script (bsdutils) gives the pseudo-terminal.");
        var environment = new Dictionary<string, string> { ["TERM"] = "xterm", ["COLUMNS"] = "120", ["LINES"] = "40" };
        if (database is not null) environment["OPTUNA_STORAGE"] = server.Url(database);
        return LauncherProcess.Start("/usr/bin/script", _folder, environment, "--quiet", "--return", "--flush", "--command", command, "/dev/null");
    }
}
