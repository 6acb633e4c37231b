using CliWrap.Buffered;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>The example of the plots, run as a reader does it.</summary>
public sealed class PlotsExampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_example_draws_every_plot_that_the_installed_Optuna_has()
    {
        string script = Path.Combine(Programs.Root, "docs", "examples", "plots.cs");
        BufferedCommandResult run = await Programs.RunAsync("dotnet", _folder.Path, "run", "-c", "Release", script, "--", _folder.File("plots"));

        run.ExitCode.Should().Be(0, run.StandardOutput + run.StandardError);
        string[] drawn = [.. run.StandardOutput.Split('\n').Where(line => line.StartsWith("drawn: ", StringComparison.Ordinal))
            .Select(line => line["drawn: ".Length..].Trim())];
        drawn.Should().Contain(
            ["OptimizationHistory", "IntermediateValues", "Slice", "ParamImportances", "Contour", "ParallelCoordinate", "Edf", "ParetoFront"]);
        foreach (string name in drawn)
        {
            new FileInfo(_folder.File($"plots/{name}.png")).Length.Should().BeGreaterThan(5_000);
            (await File.ReadAllTextAsync(_folder.File($"plots/{name}.html"))).Should().Contain("Plotly.newPlot");
        }
    }
}
