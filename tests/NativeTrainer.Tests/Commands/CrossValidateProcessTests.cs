using System.Diagnostics;
using Hpo.Interop;

namespace Hpo.NativeTrainer.Tests.Commands;

public sealed class CrossValidateProcessTests
{
    [Theory]
    [InlineData("INT", WorkerExitCode.Interrupted)]
    [InlineData("TERM", WorkerExitCode.Terminated)]
    public async Task A_signal_in_the_middle_of_the_search_ends_the_program_with_its_exit_code(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string program = Path.Combine(AppContext.BaseDirectory, "NativeTrainer");
        // Long enough never to end by itself first.
        var start = new ProcessStartInfo(program, ["cross-validate", "--model", "fastforest", "--json", "--folds", "100"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string? firstProgress = await process.StandardError.ReadLineAsync(cancellation);

        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        string output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);

        firstProgress.Should().Contain("fastforest");
        process.ExitCode.Should().Be(exitCode);
        output.Should().BeEmpty();
    }
}
