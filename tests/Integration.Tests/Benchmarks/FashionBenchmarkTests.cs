using System.Text.Json;
using CliWrap.Buffered;
using Hpo.Interop;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Benchmarks;

public sealed class FashionBenchmarkTests
{
    private static readonly string Benchmarks =
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Benchmarks.exe" : "Benchmarks");

    [Theory]
    [InlineData("/usr/bin/false")]
    [InlineData("/there/is/no/python3")]
    public async Task A_Python_without_torch_is_an_error_that_names_it_and_the_remedy(string python)
    {
        BufferedCommandResult run = await Programs.RunAsync(Benchmarks, AppContext.BaseDirectory, "fashion", "--python", python);

        run.ExitCode.Should().Be(WorkerExitCode.Environment);
        run.StandardOutput.Should().BeEmpty();
        run.StandardError.Should().StartWith($"error: {python} cannot import torch").And.Contain("install python3-torch");
    }

    [Theory]
    [InlineData("--rounds", "0")]
    [InlineData("--steps", "601")]
    [InlineData("--threads", "0")]
    public async Task A_number_outside_its_range_is_a_usage_error(string option, string value)
    {
        BufferedCommandResult run = await Programs.RunAsync(Benchmarks, AppContext.BaseDirectory, "fashion", option, value);

        run.ExitCode.Should().Be(WorkerExitCode.Usage);
        run.StandardError.Should().Contain($"{option} must");
    }

    [Fact]
    public async Task Measures_the_native_side_and_compares_it_with_the_other_round_by_round()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the interpreter of this test is a shell script");
        using var folder = new TemporaryFolder();
        string python = WriteInterpreter(folder, "1 2 8");

        BufferedCommandResult run = await Programs.RunAsync(
            Benchmarks, folder.Path, "fashion", "--rounds", "3", "--steps", "1", "--threads", "1", "--json", "--python", python);

        run.ExitCode.Should().Be(WorkerExitCode.Success, run.StandardError);
        using JsonDocument document = JsonDocument.Parse(run.StandardOutput);
        JsonElement[] rounds = [.. document.RootElement.GetProperty("rounds").EnumerateArray()];
        double[] native = [.. rounds.Select(round => Number(round, "native", "training", "images_per_second"))];
        JsonElement medians = document.RootElement.GetProperty("medians").EnumerateArray().Single();
        rounds.Should().OnlyContain(round => Number(round, "native", "training", "images") == 100);
        native.Should().OnlyContain(speed => speed > 0);
        Number(medians, "training", "python", "images_per_second").Should().Be(50);
        Number(medians, "training", "native", "images_per_second").Should().Be(native.Order().ElementAt(1));
        Number(medians, "training", "ratio").Should().Be(
            new[] { native[0] / 100, native[1] / 50, native[2] / 12.5 }.Order().ElementAt(1));
    }

    // Imports torch, and takes the given seconds for 100 images in its first, second and third round.
    private static string WriteInterpreter(TemporaryFolder folder, string seconds) => folder.WriteProgram("python3", $$"""
        #!/bin/sh
        if [ "$1" = -c ]; then exit 0; fi
        echo >>{{folder.Path}}/rounds
        taken=$(echo '{{seconds}}' | cut -d ' ' -f $(wc -l <{{folder.Path}}/rounds))
        speed='{"images": 100, "seconds": '$taken', "cpu_seconds": '$taken'}'
        echo '{"torch": "9.9", "threads": 1, "training": '$speed', "evaluation": '$speed'}'

        """);

    private static double Number(JsonElement element, params string[] path) =>
        path.Aggregate(element, (inner, name) => inner.GetProperty(name)).GetDouble();
}
