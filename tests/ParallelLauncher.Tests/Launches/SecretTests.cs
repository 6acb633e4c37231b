using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>A storage URL's password is seen by nobody else.</summary>
public sealed class SecretTests(DatabaseServer server) : IDisposable
{
    private const string Secret = "hunter2";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_process_shows_the_password_at_any_moment_of_a_run()
    {
        server.Require();
        await using LauncherProcess launcher = LauncherProcess.Start(
            _folder, new Dictionary<string, string> { ["OPTUNA_STORAGE"] = server.Url("sampled") },
            Programs.DummyWorker, "-n", "2", "--direction", "minimize", "--total-trials", "6", "--", "optimize", "--milliseconds", "50");
        Task<int> ended = launcher.WaitAsync();
        var seen = new HashSet<string>();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!ended.IsCompleted)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            string[] shown = Processes.CommandLinesBelow(launcher.Id);
            shown.Should().NotContain(line => line.Contains(Secret, StringComparison.Ordinal));
            seen.UnionWith(shown.Where(line => line.Contains("DummyWorker", StringComparison.Ordinal) || line.Contains(" prepare ", StringComparison.Ordinal)));
        }

        (await ended).Should().Be(WorkerExitCode.Success, launcher.Errors);
        seen.Should().Contain(line => line.Contains(" prepare ", StringComparison.Ordinal), "what makes the study was seen")
            .And.Contain(line => line.EndsWith("optimize --milliseconds 50", StringComparison.Ordinal), "the workers were seen");
        await CheckFilesAsync();
    }

    [Fact]
    public async Task A_password_on_the_launchers_own_command_line_is_overwritten()
    {
        server.Require();
        await using LauncherProcess launcher = LauncherProcess.Start(
            _folder, null, Programs.DummyWorker, "-n", "2", "--storage", server.Url("secret"), "--direction", "minimize", "--", "wait-for-interrupt");
        int[] workers = await launcher.ReadyAsync(2);

        foreach (int id in (int[])[launcher.Id, .. workers]) Processes.CommandLine(id).Should().NotBeEmpty().And.NotContain(Secret);

        launcher.Send(Posix.Interrupt);
        await launcher.WaitAsync();
        (launcher.Output + launcher.Errors).Should().NotContain(Secret);
        await CheckFilesAsync();
    }

    private async Task CheckFilesAsync()
    {
        foreach (string file in Directory.EnumerateFiles(_folder.File("runs"), "*", SearchOption.AllDirectories))
            (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Should().NotContain(Secret);
        if (OperatingSystem.IsWindows()) return;
        File.GetUnixFileMode(Directory.GetDirectories(_folder.File("runs")).Single())
            .Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
