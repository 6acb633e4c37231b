using System.Text.Json;
using CliWrap.Buffered;
using Hpo.Integration.Tests.Trainer;
using Hpo.Interop;
using Hpo.Tests;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>The course's question: ten trials of TPE against the whole grid.</summary>
public sealed class CompareTests(ChromiumBrowser browser) : IDisposable
{
    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task Studies_are_compared_by_score_trials_and_time()
    {
        JsonElement grid = await TunedStudies.CopyGridAsync(_trainer);
        JsonElement tpe = await _trainer.JsonAsync("tune", "digits", "--n-trials", "10", "--seed", "1", "--study", "tpe", "--pruner", "median");

        JsonElement compared = await _trainer.JsonAsync("compare", "--studies", "tpe,grid", "--out", _trainer.File("compare.html"));

        JsonElement[] studies = [.. compared.GetProperty("studies").EnumerateArray()];
        studies.Select(study => study.GetProperty("study").GetString()).Should().Equal("tpe", "grid");
        studies[0].GetProperty("best").GetProperty("value").GetDouble().Should().Be(Value(tpe));
        JsonElement trade = compared.GetProperty("trade_offs").EnumerateArray().Single();
        double[] values = [Value(tpe), Value(grid)];
        trade.GetProperty("worse").GetDouble().Should().BeApproximately(values.Max() - values.Min(), 1e-12);
        trade.GetProperty("share_of_trials").GetDouble().Should().BePositive();

        BufferedCommandResult text = await _trainer.RunAsync("compare", "--studies", "tpe,grid");
        text.StandardOutput.Should().Contain("best value").And.MatchRegex(@"of the trials and \d+ % of the time");

        await using OpenedPage page = await browser.OpenAsync(_trainer.File("compare.html"), 390);
        (await page.PaintedPlotsAsync()).Should().BeEquivalentTo(
            "Trade-off: best value by time", "Best value by trial", "Distribution of values");
        (await page.OverflowAsync()).Should().Be(0);
        page.Complaints.Should().BeEmpty();
        page.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Studies_that_are_compared_in_the_dashboard_are_followed_by_what_changes()
    {
        foreach (string study in (string[])["first", "second"]) await _trainer.JsonAsync("tune", "digits", "--n-trials", "3", "--seed", "1", "--study", study);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(_trainer.Storage, "--importance", "none");
        await using OpenedPage page = await browser.OpenAsync(dashboard.Url("/compare?name=first&name=second"));
        ILocator finished = page.Page.Locator("tbody tr", new() { HasText = "second" }).Locator("td").Nth(2);
        await Assertions.Expect(finished).ToHaveTextAsync("3");

        await PythonOracle.RunAsync(
            "import sys, optuna; s = optuna.load_study(study_name='second', storage=sys.argv[1]); s.add_trial(s.trials[0])", _trainer.Storage);
        await Assertions.Expect(finished).ToHaveTextAsync("4", new() { Timeout = 30_000 });

        page.Requests.Where(url => url.Contains("/api/shown", StringComparison.Ordinal) && !url.Contains("since=", StringComparison.Ordinal)).Should().HaveCount(2);
        page.Requests.Should().NotContain(url => url.Contains("/api/study?", StringComparison.Ordinal));
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Results_tell_what_pruning_saved()
    {
        await TunedStudies.CopyPrunedAsync(_trainer);
        JsonElement pruning = (await _trainer.JsonAsync("results")).GetProperty("pruning");
        string counted = await PythonOracle.RunAsync(
            """
            import sys, optuna
            trials = optuna.load_study(study_name="digits", storage=sys.argv[1]).trials
            print(sum(len(t.intermediate_values) for t in trials), len(trials) * 5)
            """,
            _trainer.Storage);

        $"{pruning.GetProperty("steps")} {pruning.GetProperty("steps_without_pruning")}".Should().Be(counted.Trim());
        pruning.GetProperty("saved_share").GetDouble().Should().BeInRange(0.01, 0.99);
    }

    [Fact]
    public async Task Studies_that_do_not_compare_are_refused()
    {
        await PythonOracle.RunAsync(
            """
            import sys, optuna
            for name, directions in (("up", ["maximize"]), ("down", ["minimize"]), ("both", ["minimize", "maximize"])):
                optuna.create_study(study_name=name, storage=sys.argv[1], directions=directions)
            """,
            _trainer.Storage);

        await RefusedAsync("up,down", "'up' seeks to maximize and 'down' to minimize");
        await RefusedAsync("up,both", "'both' has 2 objectives");
        await RefusedAsync("up", "two or more studies");
    }

    private async Task RefusedAsync(string studies, string message)
    {
        BufferedCommandResult result = await _trainer.RunAsync("compare", "--studies", studies);
        result.ExitCode.Should().Be(WorkerExitCode.Usage);
        result.StandardError.Should().Contain(message).And.NotContain("   at ");
    }

    private static double Value(JsonElement tuned) => tuned.GetProperty("best").GetProperty("value").GetDouble();
}
