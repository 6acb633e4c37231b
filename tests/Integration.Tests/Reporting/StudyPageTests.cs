using System.Globalization;
using System.Text.Json;
using Hpo.Tests;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>What a reader does with the page of a study: chooses what is shown, picks trials, saves files.</summary>
public sealed class StudyPageTests(ChromiumBrowser browser, PythonStudies studies) : IClassFixture<PythonStudies>
{
    [Fact]
    public async Task The_history_goes_by_time_and_without_pruned_trials()
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report("many"));
        (await page.SeriesAsync("Optimization history")).Should().Contain("Pruned (last report)");
        ILocator history = page.Page.Locator("figure", new() { HasText = "Optimization history" });
        await history.GetByLabel("Pruned").UncheckAsync();
        await page.DrawnAsync();
        (await page.SeriesAsync("Optimization history")).Should().NotContain("Pruned (last report)");
        await history.GetByLabel("By").SelectOptionAsync("end");
        await page.DrawnAsync();
        (await page.Page.EvaluateAsync<string>(
            "() => echarts.getInstanceByDom([...document.querySelectorAll('figure')].find(f => f.querySelector('h3').textContent === 'Optimization history').querySelector('.plot')).getOption().xAxis[0].type"))
            .Should().Be("time");
        (await page.PaintedPlotsAsync()).Should().Contain("Optimization history");
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task The_hypervolume_is_the_one_that_Optuna_computes()
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report("two objectives"));
        double shown = await page.Page.EvaluateAsync<double>(
            "() => echarts.getInstanceByDom([...document.querySelectorAll('figure')].find(f => f.querySelector('h3').textContent === 'Hypervolume history').querySelector('.plot')).getOption().series[0].data.at(-1)[1]");
        double expected = double.Parse(await PythonOracle.RunAsync(
            """
            import sys, numpy, optuna
            try:
                from optuna._hypervolume import WFG
                compute = lambda points, reference: WFG().compute(points, reference)
            except ImportError:
                from optuna._hypervolume import compute_hypervolume as compute
            points = numpy.array([[t.values[0], -t.values[1]] for t in optuna.load_study(study_name="two objectives", storage=sys.argv[1]).trials])
            reference = points.max(axis=0) + 0.1 * (points.max(axis=0) - points.min(axis=0))
            print(compute(points, reference))
            """, studies.Storage), CultureInfo.InvariantCulture);
        shown.Should().BeApproximately(expected, expected * 1e-9);
    }

    [Fact]
    public async Task A_rectangle_in_the_Pareto_front_picks_the_rows_of_the_table()
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report("two objectives"));
        float[] box = await page.Page.EvaluateAsync<float[]>(
            """
            () => {
                const plot = document.querySelector('figure:not([hidden]) .plot');
                plot.scrollIntoView();
                echarts.getInstanceByDom(plot).dispatchAction({ type: 'takeGlobalCursor', key: 'brush', brushOption: { brushType: 'rect', brushMode: 'single' } });
                const { left, top, width, height } = plot.getBoundingClientRect();
                return [left, top, width, height];
            }
            """);
        await page.Page.Mouse.MoveAsync(box[0] + (0.1f * box[2]), box[1] + (0.15f * box[3]));
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync(box[0] + (0.5f * box[2]), box[1] + (0.8f * box[3]), new() { Steps = 4 });
        await page.Page.Mouse.UpAsync();
        ILocator undo = page.Page.GetByRole(AriaRole.Button, new() { Name = "Show all trials again" });
        await undo.WaitForAsync();
        int rows = await page.Page.Locator("tbody tr").CountAsync();
        rows.Should().BeInRange(1, 39);
        (await undo.InnerTextAsync()).Should().Contain($" {rows} ");

        await undo.ClickAsync();
        (await page.Page.Locator("tbody tr").CountAsync()).Should().Be(40);
        // The way without a mouse.
        await page.Page.GetByLabel("State").SelectOptionAsync("best");
        (await page.Page.Locator("tbody tr.best").CountAsync()).Should().Be(await page.Page.Locator("tbody tr").CountAsync());
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Trials_that_are_found_are_saved_as_CSV_and_JSON()
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report("infinite"));
        await page.Page.GetByLabel("Filter the trials").FillAsync("number<=3");
        string csv = await page.DownloadedAsync(page.Page.GetByRole(AriaRole.Button, new() { Name = "Save as CSV" }));
        string read = await PythonOracle.RunAsync(
            """
            import csv, io, math, sys, optuna
            rows = list(csv.DictReader(io.StringIO(sys.argv[2], newline="")))
            trials = optuna.load_study(study_name="infinite", storage=sys.argv[1]).trials[:4]
            assert [int(row["number"]) for row in rows] == [0, 1, 2, 3]
            for row, trial in zip(rows, trials):
                assert float(row["value"]) == trial.value and float(row["params_x"]) == trial.params["x"] and row["state"] == trial.state.name
            print("same")
            """, studies.Storage, csv);
        read.Trim().Should().Be("same");

        JsonElement json = JsonDocument.Parse(await page.DownloadedAsync(page.Page.GetByRole(AriaRole.Button, new() { Name = "Save as JSON" }))).RootElement;
        json.GetProperty("trials").GetArrayLength().Should().Be(4);
        json.GetProperty("trials")[1].GetProperty("values")[0].GetString().Should().Be("Infinity");
    }

    [Fact]
    public async Task What_a_spreadsheet_would_run_is_kept_text()
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report("empty"));
        string csv = await page.Page.EvaluateAsync<string>(
            """
            () => hpo.trialsCsv({ objectives: [{ name: 'Value' }], parameters: [] }, [{ number: 0, state: 'COMPLETE', values: [-1.5], params: [], duration: null,
                attrs: { a: '=HYPERLINK("x")', b: '-1.5', c: 'two\nlines, "quoted"' } }])
            """);
        csv.Should().Contain("\"'=HYPERLINK(\"\"x\"\")\",-1.5,\"two\nlines, \"\"quoted\"\"\"").And.Contain("0,-1.5,");
    }

    [Fact]
    public async Task A_plot_is_saved_as_a_picture()
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report("two objectives"));
        (await page.DownloadedAsync(page.Page.GetByRole(AriaRole.Button, new() { Name = "Save Pareto front as SVG" }))).Should().StartWith("<svg").And.Contain("<path");
        (await page.DownloadedAsync(page.Page.GetByRole(AriaRole.Button, new() { Name = "Save Timeline as PNG" }))).Should().Contain("PNG");
        page.Complaints.Should().BeEmpty();
    }

    [Theory]
    [InlineData("whole both", "", 1280)]
    [InlineData("infinite", "#trial-3", 1280)]
    [InlineData("conditional", "", 390)]
    public async Task Axe_finds_nothing_serious(string study, string view, int width)
    {
        foreach (ColorScheme scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await using OpenedPage page = await browser.OpenAsync(studies.Report(study), width, scheme);
            await page.Page.EvaluateAsync("view => { location.hash = view; }", view);
            await page.DrawnAsync();
            (await page.SeriousAsync()).Should().BeEmpty($"{scheme}");
        }
    }
}
