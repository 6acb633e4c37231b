using System.Text.Json;
using Hpo.Interop;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>What the launcher and its workers are started with, by shells that pass on less than one expects.</summary>
public sealed class StandardStreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StandardStreamTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full and /proc are matters of Linux.");
        PreparedStudy.CopyInto(_folder);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(">&-")]
    [InlineData("2>&-")]
    [InlineData("<&- >&- 2>&-")]
    [InlineData(">/dev/full")]
    [InlineData("2>/dev/full")]
    [InlineData(">/dev/full 2>&1")]
    [InlineData("--json >/dev/full 2>&-")]
    [InlineData("| head -1")]
    [InlineData("2>&1 | head -1")]
    public async Task Streams_that_take_nothing_lose_what_is_written_and_not_the_run(string streams)
    {
        string[] parts = streams.Split('|');
        string pipe = parts.Length > 1 ? $"| {parts[1]}" : "";
        string script = _folder.WriteProgram("script",
            $"#!/bin/bash\n{Programs.Launcher} {Programs.DummyWorker} -n 2 --verbose {Before(parts[0])} -- lines 200 {After(parts[0])} {pipe}\n" +
            "echo ended ${PIPESTATUS[0]}\n");

        await using var shell = LauncherProcess.Start(script, _folder, null);
        await shell.WaitAsync();

        (shell.Output + shell.Errors).Should().Contain("ended 0").And.NotContain("cannot be written").And.NotContain("failed:");
        string run = Directory.GetDirectories(_folder.File("runs")).Should().ContainSingle().Which;
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "run.json")));
        record.RootElement.GetProperty("state").GetString().Should().Be("finished");
        record.RootElement.GetProperty("errors").GetArrayLength().Should().Be(0);
        foreach (int worker in new[] { 0, 1 }) File.ReadAllLines(Path.Combine(run, $"worker-{worker}.log")).Should().HaveCount(400);

        static string Before(string streams) => streams.Contains("--json", StringComparison.Ordinal) ? "--json" : "";
        static string After(string streams) => streams.Replace("--json", "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workers_start_with_all_signals_at_their_defaults_and_none_blocked()
    {
        string worker = _folder.WriteProgram("worker", "#!/bin/sh\nyes | head -1\nexec grep -E '^Sig(Blk|Ign):' /proc/self/status\n");
        await using var launcher = LauncherProcess.Start(
            "/usr/bin/env", _folder, null, "--block-signal=USR1", "--ignore-signal=USR2", Programs.Launcher, worker, "-n", "1", "--study", "DummyWorker");

        (await launcher.WaitAsync()).Should().Be(WorkerExitCode.Success, launcher.Errors);

        launcher.Output.Should().Contain("[0] y").And.Contain("SigBlk:\t0000000000000000").And.Contain("SigIgn:\t0000000000000000");
        launcher.Errors.Should().NotContain("Broken pipe");
    }
}
