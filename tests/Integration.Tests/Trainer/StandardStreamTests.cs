using CliWrap.Buffered;
using Hpo.Interop;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Trainer;

/// <summary>Standard streams that are closed, full, or read by nobody any more.</summary>
public sealed class StandardStreamTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(WorkerExitCode.Success, "tune digits --n-trials 2 2>/dev/full")]
    [InlineData(WorkerExitCode.Success, "tune digits --n-trials 2 2>&-")]
    [InlineData(WorkerExitCode.Success, "tune digits --n-trials 2 --json <&- 2>&-")]
    [InlineData(WorkerExitCode.Failure, "tune digits --n-trials 2 >/dev/full", "cannot be written to standard output: No space left on device")]
    [InlineData(WorkerExitCode.Failure, "tune digits --n-trials 2 --json >/dev/full", "cannot be written to standard output")]
    [InlineData(WorkerExitCode.Failure, "tune digits --n-trials 2 >&-", "cannot be written to standard output: it is closed")]
    [InlineData(WorkerExitCode.Failure, "tune digits --n-trials 2 <&- >&- 2>&-")]
    [InlineData(WorkerExitCode.Failure, "--help >/dev/full", "cannot be written to standard output")]
    [InlineData(WorkerExitCode.Usage, "tune digits --colour 2>/dev/full")]
    [InlineData(WorkerExitCode.Usage, "tune digits --colour >&- 2>&-")]
    [InlineData(WorkerExitCode.Storage, "results >/dev/full 2>/dev/full")]
    public async Task No_command_is_aborted_by_them(int exitCode, string command, string? message = null)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The shell and /dev/full are Linux's.");
        BufferedCommandResult result = await Programs.RunAsync("/bin/sh", _folder.Path, "-c", $"exec '{Programs.Trainer}' {command}");
        result.ExitCode.Should().Be(exitCode, result.StandardError);
        result.StandardError.Should().NotContain("   at ");
        if (message is not null) result.StandardError.Should().Contain(message);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("tune digits --n-trials 2 --json")]
    public async Task A_reader_that_has_gone_is_no_failure(string command)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The shell is Linux's.");
        BufferedCommandResult result = await Programs.RunAsync(
            "/bin/sh", _folder.Path, "-c", $"{{ '{Programs.Trainer}' {command}; echo \"ended with $?\" >&2; }} | head -c 1");
        result.StandardOutput.Should().HaveLength(1);
        result.StandardError.Should().Contain("ended with 0").And.NotContain("   at ");
    }
}
