using System.Text.Json;
using CliWrap.Buffered;
using Hpo.Tests;

namespace Hpo.Integration.Tests.ParallelStudies;

/// <summary>The main job: two native workers on one study in MySQL, read back by Optuna's own command line.</summary>
public sealed class DistributedStudyTests(DatabaseServer server) : IDisposable
{
    private const int Total = 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Two_workers_run_exactly_the_total_and_Optuna_reads_the_same_results()
    {
        server.Require();
        string url = server.Url("distributed");

        BufferedCommandResult launch = await Programs.RunAsync(
            Programs.Launcher, _folder.Path, Programs.Trainer, "--num_parallel", "2", "--study", "distributed-example",
            "--storage", url, "--direction", "maximize", "--total-trials", $"{Total}", "--seed", "0", "--", "tune", "digits");

        launch.ExitCode.Should().Be(0, launch.StandardError);
        int[] byWorker = [.. Directory.EnumerateFiles(_folder.File("runs"), "worker-*.log", SearchOption.AllDirectories)
            .Select(log => File.ReadLines(log).Count(line => line.Contains(" with n_estimators", StringComparison.Ordinal)
                && line.Contains("trial ", StringComparison.Ordinal) && !line.Contains("best: trial", StringComparison.Ordinal)))];
        byWorker.Should().HaveCount(2).And.OnlyContain(count => count > 0);
        byWorker.Sum().Should().Be(Total);

        JsonElement results = await ResultsAsync(url);
        results.GetProperty("trials").GetProperty("complete").GetInt32().Should().Be(Total);
        results.GetProperty("trials").EnumerateObject().Sum(state => state.Value.GetInt32()).Should().Be(Total);
        JsonElement best = results.GetProperty("best")[0];
        best.GetProperty("values")[0].GetDouble().Should().BeGreaterThanOrEqualTo(0.95);
        results.GetProperty("test_accuracy").GetDouble().Should().BeGreaterThan(0.9);

        JsonElement trials = await OptunaAsync("trials", url);
        trials.EnumerateArray().Select(trial => trial.GetProperty("number").GetInt32())
            .Should().BeEquivalentTo(Enumerable.Range(0, Total));
        trials.EnumerateArray().Should().OnlyContain(trial => trial.GetProperty("state").GetString() == "COMPLETE");
        // Of several that are best, Optuna's query names any, and the results name the first.
        double value = best.GetProperty("values")[0].GetDouble();
        JsonElement[] equals = [.. trials.EnumerateArray().Where(trial => trial.GetProperty("value").GetDouble() == value)];
        JsonElement bestOfOptuna = await OptunaAsync("best-trial", url);
        bestOfOptuna.GetProperty("value").GetDouble().Should().Be(value);
        equals.Select(NumberOf).Should().Contain(NumberOf(bestOfOptuna));
        JsonElement same = equals.MinBy(NumberOf);
        NumberOf(best).Should().Be(NumberOf(same));
        foreach (string parameter in (string[])["n_estimators", "max_depth"])
        {
            same.GetProperty("params").GetProperty(parameter).GetInt32()
                .Should().Be(best.GetProperty("params").GetProperty(parameter).GetInt32());
        }
    }

    private static int NumberOf(JsonElement trial) => trial.GetProperty("number").GetInt32();

    private async Task<JsonElement> ResultsAsync(string url)
    {
        BufferedCommandResult results = await Programs.RunAsync(
            Programs.Trainer, _folder.Path, "results", "--study", "distributed-example", "--storage", url, "--json");
        results.ExitCode.Should().Be(0, results.StandardError);
        return JsonDocument.Parse(results.StandardOutput).RootElement;
    }

    private async Task<JsonElement> OptunaAsync(string command, string url)
    {
        string optuna = Path.Combine(Path.GetDirectoryName(Programs.Python)!, "optuna");
        BufferedCommandResult result = await Programs.RunAsync(
            optuna, _folder.Path, command, "--study-name", "distributed-example", "--storage", url, "-f", "json");
        result.ExitCode.Should().Be(0, result.StandardError);
        return JsonDocument.Parse(result.StandardOutput).RootElement;
    }
}
