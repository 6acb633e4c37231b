using System.Text.Json;
using CliWrap.Buffered;
using Hpo.Integration.Tests.Trainer;
using Hpo.Interop;
using Hpo.Tests;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>The pages that the command report writes, in a real browser.</summary>
public sealed class ReportTests(ChromiumBrowser browser, PythonStudies studies)
    : IClassFixture<PythonStudies>, IDisposable
{
    private static readonly string[] CommonPlots =
        ["Optimization history", "Parameter importances", "Distribution of values", "Parallel coordinates", "Timeline"];

    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task Every_plot_of_a_digits_study_is_drawn_on_a_desk_and_on_a_phone()
    {
        await TunedStudies.CopyPrunedAsync(_trainer);
        string file = await ReportAsync("digits");

        foreach ((int width, ColorScheme scheme) in ((int, ColorScheme)[])[(1280, ColorScheme.Light), (390, ColorScheme.Dark)])
        {
            await using OpenedPage page = await browser.OpenAsync(file, width, scheme);
            (await page.PaintedPlotsAsync()).Should().BeEquivalentTo(
                [.. CommonPlots, "Intermediate values", "Contour", "Rank", "max_depth", "n_estimators"], $"{width} pixels");
            (await page.EmptyPlotsAsync()).Should().BeEmpty();
            (await page.OverflowAsync()).Should().Be(0);
            page.Complaints.Should().BeEmpty();
            page.Requests.Should().BeEmpty();
            (await page.Page.Locator(".tile", new() { HasText = "Pruning saved" }).InnerTextAsync()).Should().MatchRegex(@"\d+ %");
        }
    }

    [Fact]
    public async Task The_test_of_a_tables_model_is_shown_with_the_importance_of_its_columns()
    {
        File.WriteAllText(_trainer.File("houses.csv"), Houses.Csv(150));
        BufferedCommandResult tuned = await _trainer.RunAsync(
            "tune", "table", "--data", "houses.csv", "--target", "price", "--ignore", "luxury", "grade", "--models", "sdca,forest", "--n-trials", "3");
        tuned.ExitCode.Should().Be(0, tuned.StandardError);
        BufferedCommandResult written = await _trainer.RunAsync("report", "--study", "table", "--evaluate", "--out", "table.html");
        written.ExitCode.Should().Be(0, written.StandardError);

        JsonElement results = await _trainer.JsonAsync("results", "--study", "table", "--evaluate");
        JsonElement test = results.GetProperty("table");
        await using OpenedPage page = await browser.OpenAsync(_trainer.File("table.html"), 390);
        ILocator scores = page.Page.GetByRole(AriaRole.Region, new() { Name = "Scores of the test" });
        (await scores.Locator("tbody th").AllInnerTextsAsync()).Should().Equal(
            $"trial {test.GetProperty("trial").GetInt32()}", "forest with its defaults", "sdca with its defaults", "baseline (mean, or shares of the classes)");
        string[] shown = [.. await scores.Locator("tbody td").AllInnerTextsAsync()];
        double.Parse(shown[0], System.Globalization.CultureInfo.InvariantCulture).Should().BeApproximately(test.GetProperty("best")[0].GetDouble(), 10);
        string label = await page.Page.Locator("figure", new() { HasText = "Importance of the columns" }).Locator(".plot").GetAttributeAsync("aria-label") ?? "";
        label.Should().StartWith($"Importance of the columns: {test.GetProperty("importance").EnumerateObject().First().Name} ");
        (await page.PaintedPlotsAsync()).Should().Contain("Importance of the columns");
        (await page.OverflowAsync()).Should().Be(0);
        (await page.SeriousAsync()).Should().BeEmpty();
        page.Complaints.Should().BeEmpty();

        await TunedStudies.CopyPrunedAsync(_trainer);
        BufferedCommandResult refused = await _trainer.RunAsync("report", "--study", "digits", "--evaluate", "--out", "digits.html");
        refused.ExitCode.Should().Be(WorkerExitCode.Usage);
        refused.StandardError.Should().Contain("the study 'digits' is over no table");
        File.Exists(_trainer.File("digits.html")).Should().BeFalse();
    }

    [Fact]
    public async Task Times_are_shown_by_the_readers_clock_and_saved_as_Optuna_wrote_them()
    {
        const string script =
            """
            import datetime, optuna, sys
            study = optuna.create_study(study_name="times", storage=sys.argv[1])
            begin = datetime.datetime(2024, 1, 31, 12)
            study.add_trial(optuna.trial.FrozenTrial(0, optuna.trial.TrialState.COMPLETE, 1.0, begin, begin + datetime.timedelta(minutes=90), {}, {}, {}, {}, {}, 0))
            """;
        BufferedCommandResult made = await Programs.RunAsync(Programs.Python, _trainer.Path, "-c", script, _trainer.Storage);
        made.ExitCode.Should().Be(0, made.StandardError);
        BufferedCommandResult written = await Programs.RunAsync("env", _trainer.Path, "TZ=Asia/Tokyo", Programs.Trainer, "report", "--study", "times");
        written.ExitCode.Should().Be(0, written.StandardError);

        await using OpenedPage page = await browser.OpenAsync(_trainer.File("report.html"), zone: "America/New_York");
        (await page.Page.Locator(".tile", new() { HasText = "Time" }).Last.InnerTextAsync()).Should().Contain("1 h 30 min").And.Contain("from 2024-01-30 22:00:00");
        (await page.Page.Locator("footer").InnerTextAsync()).Should().Contain("(America/New_York)");
        string csv = await page.DownloadedAsync(page.Page.GetByRole(AriaRole.Button, new() { Name = "Save as CSV" }));
        csv.Should().Contain(",2024-01-31 12:00:00,2024-01-31 13:30:00,");
    }

    [Theory]
    [InlineData("two objectives", new[] { "Pareto front", "Hypervolume history", "Contour", "Rank", "x", "y" }, new[] { "Intermediate values" })]
    [InlineData("conditional", new[] { "Contour", "Rank", "kind", "svm C", "forest depth" }, new[] { "Intermediate values" })]
    [InlineData("infinite", new[] { "Intermediate values", "x" }, new[] { "Contour", "Rank" })]
    public async Task Unusual_studies_are_drawn_and_what_cannot_be_says_why(string study, string[] drawn, string[] empty)
    {
        string file = studies.Report(study);
        await using OpenedPage page = await browser.OpenAsync(file, 390);

        (await page.PaintedPlotsAsync()).Should().BeEquivalentTo([.. CommonPlots, .. drawn]);
        (await page.EmptyPlotsAsync()).Keys.Should().BeEquivalentTo(empty);
        (await page.OverflowAsync()).Should().Be(0);
        page.Complaints.Should().BeEmpty();
        page.Requests.Should().BeEmpty();
        (await BestOf(file)).Should().Be(await PythonBestAsync(study));
    }

    [Theory]
    [InlineData("named", "minimize loss, maximize speed")]
    [InlineData("table", "minimize log-loss")]
    public async Task Objectives_have_the_names_that_the_study_gives_them(string study, string objectives)
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report(study));
        (await page.Page.Locator(".facts").Last.InnerTextAsync()).Should().Contain(objectives);
        (await page.Page.Locator("thead").InnerTextAsync()).Should().Contain(objectives.Split(' ')[1].TrimEnd(',')).And.NotContain("Objective 0");
        if (study == "table")
        {
            await page.Page.GetByLabel("Filter the trials").FillAsync("value>=0 log-loss<=1");
            (await page.Page.Locator("tbody tr").CountAsync()).Should().Be(5, "the only objective is also called value");
        }
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Importances_leave_out_a_trial_without_the_others_parameters_and_come_from_several_evaluators()
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report("one differs"));
        ILocator figure = page.Page.Locator("figure", new() { HasText = "Parameter importances" });
        (await figure.Locator(".note").InnerTextAsync()).Should().StartWith("Found with fANOVA").And.Contain("From 29 of 30 complete trials").And.EndWith(": 7.");
        (await page.SeriesAsync("Parameter importances")).Should().Be("Value 3");

        await figure.GetByLabel("Found with").SelectOptionAsync("mean decrease impurity");
        await page.DrawnAsync();
        (await figure.Locator(".note").InnerTextAsync()).Should().StartWith("Found with mean decrease impurity");
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Trials_that_violate_constraints_are_told_apart_everywhere()
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report("whole both"));
        (await page.SeriesAsync("Optimization history")).Should().Contain("Complete 3").And.Contain("Violates constraints 3");
        (await page.SeriesAsync("Pareto front")).Should().Contain("Violates constraints 3");
        (await page.Page.Locator(".tile").First.InnerTextAsync()).Should().Contain("4 violate constraints");
        // The axes have room for those that keep the constraints (5, 3, 1) and for the others (4, 2, 0).
        (await page.Page.EvaluateAsync<double[]>(
            "() => echarts.getInstanceByDom([...document.querySelectorAll('figure')].find(f => f.querySelector('h3').textContent === 'Parallel coordinates').querySelector('.plot')).getModel().getComponent('parallelAxis', 0).axis.scale.getExtent()"))
            .Should().Equal(0, 5);

        await page.Page.GetByLabel("Filter the trials").FillAsync("feasible=no");
        (await page.Page.Locator("tbody tr.infeasible").CountAsync()).Should().Be(4);
        (await page.Page.Locator("tbody tr.best").CountAsync()).Should().Be(0);
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task What_could_still_be_gained_is_shown_where_it_was_asked_for_and_Optuna_has_it()
    {
        await TunedStudies.CopyPrunedAsync(_trainer);
        (await _trainer.RunAsync("report", "--study", "digits", "--terminator", "best-value-stagnation", "--out", "asked.html")).ExitCode.Should().Be(0);
        await using (OpenedPage page = await browser.OpenAsync(_trainer.File("asked.html"), 390))
        {
            string said = (await page.EmptyPlotsAsync()).GetValueOrDefault("Terminator improvement", "");
            if (said.Length > 0) said.Should().Be($"Optuna {OptunaRuntime.Current.Python.OptunaVersion} has no terminator.BestValueStagnationEvaluator: install Optuna 3.4 or later.");
            else (await page.PaintedPlotsAsync()).Should().Contain("Terminator improvement");
            (await page.SeriousAsync()).Should().BeEmpty();
            page.Complaints.Should().BeEmpty();
        }
        await using OpenedPage plain = await browser.OpenAsync(await ReportAsync("digits"));
        (await plain.Page.Locator("figure", new() { HasText = "Terminator improvement" }).IsVisibleAsync()).Should().BeFalse();
    }

    [Theory]
    [InlineData("empty", "The study has no trials yet.", 0)]
    [InlineData("failed", "Every trial failed.", 4)]
    public async Task A_study_without_complete_trials_says_so(string study, string notice, int rows)
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report(study));

        (await page.Page.Locator(".notice").InnerTextAsync()).Should().StartWith(notice);
        (await page.EmptyPlotsAsync()).Should().ContainKeys("Optimization history", "Parameter importances", "Contour", "Parallel coordinates");
        (await page.Page.Locator("tbody tr").CountAsync()).Should().Be(rows);
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Infinite_values_are_named_and_stand_in_the_table()
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report("infinite"));

        (await page.Page.Locator("figure", new() { HasText = "Optimization history" }).Locator(".note").InnerTextAsync())
            .Should().Contain("8 trials with an infinite value or none are only in the table.");
        (await page.Page.Locator("tbody tr").Nth(1).InnerTextAsync()).Should().Contain("∞");
        (await page.Page.Locator(".tile", new() { HasText = "Best value" }).InnerTextAsync()).Should().Contain("−∞");
    }

    [Fact]
    public async Task Five_thousand_trials_are_drawn_sorted_and_filtered()
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report("many"));
        (await page.PaintedPlotsAsync()).Should().BeEquivalentTo([.. CommonPlots, "Intermediate values", "Contour", "Rank", "lr", "kind"]);
        page.Complaints.Should().BeEmpty();
        ILocator rows = page.Page.Locator("tbody tr"), status = page.Page.Locator("[role=status]");
        (await rows.CountAsync()).Should().Be(50);

        // With the keyboard alone.
        ILocator byValue = page.Page.GetByRole(AriaRole.Button, new() { Name = "Value", Exact = true });
        await byValue.FocusAsync();
        await byValue.PressAsync("Enter");
        (await page.Page.Locator("th", new() { HasText = "Value" }).First.GetAttributeAsync("aria-sort")).Should().Be("ascending");
        (await rows.First.GetAttributeAsync("class")).Should().Be("best", "the smallest value comes first, and the study minimises");

        await page.Page.GetByLabel("Filter the trials").FillAsync("lr>0.1 kind=b state=complete");
        string filtered = await status.InnerTextAsync();
        filtered.Should().MatchRegex(@"^\d+ of 5,000 trials$");
        int expected = int.Parse(await PythonOracle.RunAsync(
            """
            import sys, optuna
            study = optuna.load_study(study_name="many", storage=sys.argv[1])
            print(sum(t.state.name == "COMPLETE" and t.params["lr"] > 0.1 and t.params["kind"] == "b" for t in study.get_trials(deepcopy=False)))
            """,
            studies.Storage), System.Globalization.CultureInfo.InvariantCulture);
        filtered.Should().StartWith($"{expected} of");
        await page.Page.GetByLabel("Filter the trials").FillAsync("");
        await page.Page.GetByLabel("State").SelectOptionAsync("PRUNED");
        (await rows.AllInnerTextsAsync()).Should().HaveCount(50).And.OnlyContain(row => row.Contains("PRUNED"));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Next" }).ClickAsync();
        (await page.Page.Locator(".pager").InnerTextAsync()).Should().Contain("Page 2 of");
    }

    [Fact]
    public async Task What_a_study_holds_is_shown_as_text_and_never_run()
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report(PythonStudies.HostileName));

        (await page.Page.Locator("h1").InnerTextAsync()).Should().Be(PythonStudies.HostileName);
        (await page.Page.TitleAsync()).Should().StartWith("<script>");
        (await page.Page.Locator("tbody").InnerTextAsync()).Should().Contain("<img src=x onerror=").And.Contain("</script>");
        (await page.Page.Locator("main img, main script, main i, main b").CountAsync()).Should().Be(0);
        (await page.Page.Locator(".prose h4").InnerTextAsync()).Should().Be("Seen");
        (await page.Page.Locator(".prose strong").InnerTextAsync()).Should().Be("bold");
        (await page.Page.Locator(".prose a").CountAsync()).Should().Be(0, "a link that would run something is none");
        (await page.Page.Locator("thead").InnerTextAsync()).Should().Contain("<b>loss</b>");
        page.Requests.Should().BeEmpty();
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task A_newer_snapshot_is_shown_in_place_and_keeps_what_the_reader_chose()
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report("conditional"));
        await page.Page.GetByLabel("Filter the trials").FillAsync("number>=38");
        (await page.Page.Locator("tbody tr").CountAsync()).Should().Be(2);

        await page.Page.EvaluateAsync(
            """
            () => {
                const snapshot = JSON.parse(document.getElementById('data').textContent);
                snapshot.trials.push({ ...snapshot.trials.at(-1), number: 40, values: [1e-9] });
                snapshot.best = [40];
                hpo.showStudy(snapshot);
            }
            """);
        await page.DrawnAsync();

        (await page.Page.Locator("tbody tr").CountAsync()).Should().Be(3);
        (await page.Page.Locator(".tile", new() { HasText = "Best value" }).InnerTextAsync()).Should().Contain("1e−9").And.Contain("trial 40");
        (await page.Page.Locator("figure").CountAsync()).Should().Be(15, "figures are drawn anew, not added");
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Both_themes_have_the_contrast_that_text_needs()
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report("conditional"));
        foreach (string theme in (string[])["light", "dark"])
        {
            await page.Page.GetByRole(AriaRole.Button, new() { Name = "Theme:" }).ClickAsync();
            (await page.Page.EvaluateAsync<string>("() => document.documentElement.dataset.theme")).Should().Be(theme);
            Dictionary<string, double> contrasts = await page.Page.EvaluateAsync<Dictionary<string, double>>(
                """
                () => {
                    const colors = hpo.colors();
                    const light = colour => [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16) / 255)
                        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
                        .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
                    const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
                    return Object.fromEntries(['text', 'muted', 'accent', 'best', 'complete', 'pruned', 'fail', 'running', 'waiting']
                        .map(name => [name, ratio(colors[name], colors.card)]));
                }
                """);
            // WCAG 2 AA: 4.5 for text, 3 for marks.
            contrasts.Should().OnlyContain(
                pair => pair.Value >= (pair.Key == "text" || pair.Key == "muted" || pair.Key == "accent" || pair.Key == "best" ? 4.5 : 3), theme);
        }
    }

    [Fact]
    public async Task A_study_that_is_not_there_and_a_file_that_cannot_be_written_are_errors()
    {
        BufferedCommandResult missing = await _trainer.RunAsync("report", "--study", "no such", "--storage", studies.Storage);
        missing.ExitCode.Should().Be(WorkerExitCode.Storage);
        missing.StandardError.Should().Contain("no such").And.Contain("conditional").And.NotContain("   at ");

        BufferedCommandResult unwritable = await _trainer.RunAsync(
            "report", "--study", "empty", "--storage", studies.Storage, "--out", _trainer.File("no/such/folder.html"));
        unwritable.ExitCode.Should().Be(WorkerExitCode.Failure);
        unwritable.StandardError.Should().Contain("folder.html: it cannot be written").And.NotContain("   at ");
    }

    private async Task<string> ReportAsync(string study)
    {
        string file = _trainer.File("report.html");
        BufferedCommandResult result = await _trainer.RunAsync("report", "--study", study, "--out", file);
        result.ExitCode.Should().Be(0, result.StandardError);
        return file;
    }

    private static async Task<string> BestOf(string file)
    {
        string page = await File.ReadAllTextAsync(file);
        string json = page.Split("<script type=\"application/json\" id=\"data\">")[1].Split("</script>")[0];
        return string.Join(' ', JsonDocument.Parse(json).RootElement.GetProperty("best").EnumerateArray());
    }

    private async Task<string> PythonBestAsync(string study) => (await PythonOracle.RunAsync(
        """
        import sys, optuna
        study = optuna.load_study(study_name=sys.argv[2], storage=sys.argv[1])
        best = [trial.number for trial in study.best_trials]
        print(*(best[:1] if len(study.directions) == 1 else best))
        """,
        studies.Storage, study)).Trim();
}
