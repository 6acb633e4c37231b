using System.Globalization;
using CliWrap.Buffered;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Interpreter;

/// <summary>A process that ends while studies run, some of them in pythonnet: no crash, no wait.</summary>
public sealed class BusyExitTests : IDisposable
{
    // HPO_TEST_EXITS: how often.
    private static readonly int Exits = int.Parse(
        Environment.GetEnvironmentVariable("HPO_TEST_EXITS") ?? "3", CultureInfo.InvariantCulture);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, InlineData("pythonnet"), InlineData("capi")]
    public async Task A_process_with_four_busy_studies_ends_with_its_exit_code(string engine)
    {
        for (int exit = 0; exit < Exits; exit++)
        {
            BufferedCommandResult run = await RunAsync(engine, "exit-busy");
            run.ExitCode.Should().Be(0, run.StandardError);
            run.StandardError.Should().NotContain("Fatal").And.NotContain("Unhandled");
        }
    }

    [Theory, InlineData("pythonnet"), InlineData("capi")]
    public async Task A_process_whose_thread_ends_it_with_the_GIL_ends_too(string engine)
    {
        BufferedCommandResult run = await RunAsync(engine, "exit-with-gil");
        run.ExitCode.Should().Be(1, run.StandardError);
    }

    private async Task<BufferedCommandResult> RunAsync(string engine, string behaviour) =>
        await Programs.RunAsync("env", _folder.Path, $"HPO_PYTHON_ENGINE={engine}", Programs.DummyWorker, behaviour);
}
