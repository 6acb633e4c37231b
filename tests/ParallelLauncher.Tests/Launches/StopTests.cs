using System.Diagnostics;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>How a run ends from outside, with real signals.</summary>
public sealed class StopTests : IDisposable
{
    private const int HangUp = 1;

    private readonly TemporaryFolder _folder = new();

    public StopTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals and /proc are matters of Linux.");
        PreparedStudy.CopyInto(_folder);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Posix.Interrupt, 130)]
    [InlineData(Posix.Terminate, 143)]
    [InlineData(HangUp, 129)]
    public async Task A_signal_lets_the_workers_finish_and_is_the_exit_code(int signal, int expected)
    {
        await using var launcher = Start("-n", "2", "--json", "--", "wait-for-interrupt");
        int[] workers = await launcher.ReadyAsync(2);

        launcher.Send(signal);

        (await launcher.WaitAsync()).Should().Be(expected, launcher.Errors);
        launcher.Errors.Should().Contain("[0] interrupts: 1").And.Contain("[1] interrupts: 1");
        workers.Should().OnlyContain(worker => !Processes.IsAlive(worker));
    }

    [Fact]
    public async Task Repeated_signals_hasten_to_sigterm_and_sigkill()
    {
        await using var launcher = Start("-n", "1", "--grace", "600", "--", "ignore-all");
        int[] workers = await launcher.ReadyAsync(1);

        launcher.Send(Posix.Interrupt);
        await launcher.LineAsync("ignored SIGINT");
        launcher.Send(Posix.Interrupt);
        await launcher.LineAsync("ignored SIGTERM");

        (await launcher.WaitAsync()).Should().Be(WorkerExitCode.Interrupted);
        workers.Should().OnlyContain(worker => !Processes.IsAlive(worker));
    }

    [Fact]
    public async Task No_worker_outlives_a_launcher_that_is_killed()
    {
        await using var launcher = Start("-n", "3", "--", "wait-for-interrupt");
        int[] workers = await launcher.ReadyAsync(3);
        workers.Should().OnlyContain(worker => Processes.IsAlive(worker));

        launcher.Send(Posix.KillNow);

        foreach (int worker in workers) (await Processes.IsGoneAsync(worker)).Should().BeTrue();
    }

    [Fact]
    public async Task A_launcher_in_the_background_of_a_script_still_interrupts_its_workers()
    {
        // A shell without job control starts what has an & with SIGINT ignored.
        string script = _folder.WriteProgram("script",
            $"#!/bin/sh\n{Programs.Launcher} {Programs.DummyWorker} -n 1 -- wait-for-interrupt &\necho launcher $!\nwait $!\nexit $?\n");
        await using var shell = LauncherProcess.Start(script, _folder, null);
        int launcher = int.Parse((await shell.LineAsync("launcher ")).Split(' ')[1]);
        await shell.ReadyAsync(1);

        Posix.Kill(launcher, Posix.Terminate).Should().Be(0);

        (await shell.WaitAsync()).Should().Be(WorkerExitCode.Terminated);
        shell.Output.Should().Contain("[0] interrupts: 1");
    }

    [Fact]
    public async Task An_interrupted_run_leaves_no_trial_running()
    {
        await using var launcher = Start("-n", "2", "--json", "--direction", "minimize", "--", "optimize", "--milliseconds", "60000");
        await launcher.ReadyAsync(2);
        await WaitForRunningTrialsAsync(2);

        launcher.Send(Posix.Interrupt);

        (await launcher.WaitAsync()).Should().Be(WorkerExitCode.Interrupted, launcher.Errors);
        var study = launcher.Json.GetProperty("study");
        study.GetProperty("running").GetInt32().Should().Be(0);
        study.GetProperty("failed").GetInt32().Should().Be(2);
    }

    [Fact]
    public async Task A_worker_is_the_launchers_own_child_without_a_shell_in_between()
    {
        await using var launcher = Start("-n", "1", "--", "wait-for-interrupt");
        int[] workers = await launcher.ReadyAsync(1);

        string stat = await File.ReadAllTextAsync($"/proc/{workers[0]}/stat", TestContext.Current.CancellationToken);
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');

        fields[1].Should().Be($"{launcher.Id}", "the parent is the launcher");
        fields[3].Should().Be($"{workers[0]}", "the worker leads a session of its own");
        launcher.Send(Posix.Interrupt);
        await launcher.WaitAsync();
    }

    private LauncherProcess Start(params string[] arguments) =>
        LauncherProcess.Start(_folder, null, [Programs.DummyWorker, .. arguments]);

    private async Task WaitForRunningTrialsAsync(int count)
    {
        var storage = Hpo.Interop.Storages.StorageUrl.Parse($"sqlite:///{_folder.File("hpo.db")}");
        using var progress = Hpo.ParallelLauncher.Studies.StudyDatabase.For(storage, "DummyWorker")!;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var watch = Stopwatch.StartNew();
        while ((await progress.PollAsync(TestContext.Current.CancellationToken))?.Counts.Running != count)
        {
            watch.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(1));
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
