using System.CommandLine;
using System.Text.Json;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Classifiers;
using Hpo.NativeTrainer.Commands;

namespace Hpo.NativeTrainer.Tests.Commands;

public sealed class CrossValidateCommandTests
{
    private static readonly string[] JobCounts = ["1", "3"];
    private static readonly ForestParameters[] SmallGrid = [new(1, 1), new(1, 5), new(10, 1), new(10, 5)];

    [Fact]
    public async Task With_json_standard_output_holds_one_document_and_nothing_else()
    {
        (int exitCode, string output, _) = await RunAsync("cross-validate", "--json", "--folds", "3", "--seed", "7");

        exitCode.Should().Be(WorkerExitCode.Success);
        using JsonDocument document = JsonDocument.Parse(output);
        JsonElement root = document.RootElement;
        root.EnumerateObject().Select(property => property.Name)
            .Should().Equal("options", "pairs", "best", "test_accuracy", "elapsed_seconds");
        JsonElement options = root.GetProperty("options");
        options.GetProperty("model").GetString().Should().Be("forest");
        options.GetProperty("folds").GetInt32().Should().Be(3);
        options.GetProperty("seed").GetInt32().Should().Be(7);
        options.GetProperty("test_size").GetDouble().Should().Be(0.1);
        options.GetProperty("n_jobs").GetInt32().Should().Be(Environment.ProcessorCount);
        JsonElement[] pairs = [.. root.GetProperty("pairs").EnumerateArray()];
        pairs.Select(pair => (pair.GetProperty("n_estimators").GetInt32(), pair.GetProperty("max_depth").GetInt32()))
            .Should().Equal((1, 1), (1, 5), (10, 1), (10, 5));
        foreach (JsonElement pair in pairs)
        {
            double[] scores = [.. pair.GetProperty("fold_scores").EnumerateArray().Select(score => score.GetDouble())];
            scores.Should().HaveCount(3);
            pair.GetProperty("mean").GetDouble().Should().BeApproximately(scores.Average(), 1e-15);
            pair.GetProperty("std").GetDouble().Should().BeGreaterThan(0);
        }

        JsonElement.DeepEquals(root.GetProperty("best"), pairs[3]).Should().BeTrue("ten trees of depth 5 are the best here");
        root.GetProperty("test_accuracy").GetDouble().Should().BeGreaterThan(0.8);
        root.GetProperty("elapsed_seconds").GetDouble().Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task Without_json_a_table_shows_means_and_deviations()
    {
        (int exitCode, string output, string error) = await RunAsync("cross-validate");

        exitCode.Should().Be(WorkerExitCode.Success);
        output.Should().MatchRegex(@"(?m)^ +10 +0\.\d{3} ± 0\.\d{3} +0\.\d{3} ± 0\.\d{3}");
        output.Should().Contain("best: n_estimators 10, max_depth 5").And.Contain("test accuracy of the best pair: 0.");
        error.Should().NotContain("error");
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_scores_on_any_number_of_threads()
    {
        string[] scores =
        [
            .. await Task.WhenAll(JobCounts.Select(async jobs =>
            {
                (_, string output, _) = await RunAsync("cross-validate", "--json", "--n-jobs", jobs);
                using JsonDocument document = JsonDocument.Parse(output);
                return document.RootElement.GetProperty("pairs").GetRawText();
            })),
        ];

        scores[1].Should().Be(scores[0]);
    }

    [Theory]
    [InlineData("--folds", "1", "--folds must be at least 2, not '1'")]
    [InlineData("--folds", "many", "--folds must be at least 2, not 'many'")]
    [InlineData("--folds", "2000", "too few for --folds 2000")]
    [InlineData("--test-size", "2", "--test-size must be between 0 and 1, not '2'")]
    [InlineData("--test-size", "NaN", "--test-size must be between 0 and 1, not 'NaN'")]
    [InlineData("--test-size", "0.999", "too few for --folds 5")]
    [InlineData("--model", "tree", "--model must be one of forest, fastforest, lightgbm, not 'tree'")]
    [InlineData("--seed", "-1", "--seed must be at least 0, not '-1'")]
    [InlineData("--n-jobs", "0", "--n-jobs must be at least 1, or -1 for all cores, not '0'")]
    [InlineData("--forests", "3", "--forests")]
    public async Task A_bad_option_ends_with_exit_code_2_and_says_why(string option, string value, string message)
    {
        (int exitCode, string output, string error) = await RunAsync("cross-validate", "--json", option, value);

        exitCode.Should().Be(WorkerExitCode.Usage);
        error.Should().StartWith("error: ").And.Contain(message).And.NotContain("   at ");
        output.Should().BeEmpty();
    }

    [Theory]
    [InlineData("forest")]
    [InlineData("lightgbm")]
    public async Task A_stopped_search_ends_with_exit_code_130_and_no_document(string model)
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        (int exitCode, string output, string error) =
            await RunAsync(source.Token, "cross-validate", "--json", "--model", model);

        exitCode.Should().Be(WorkerExitCode.Interrupted);
        output.Should().BeEmpty();
        error.Should().EndWith("stopped\n");
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) =>
        RunAsync(TestContext.Current.CancellationToken, arguments);

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        CancellationToken cancellation, params string[] arguments)
    {
        var root = new RootCommand { CrossValidateCommand.Create(TimeProvider.System, SmallGrid) };
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = await CommandHost.RunAsync(root, arguments, output, error, cancellation);
        return (exitCode, output.ToString(), error.ToString());
    }
}
