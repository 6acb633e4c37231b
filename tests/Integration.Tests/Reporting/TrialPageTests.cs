using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>The page of a trial, in reports and in the dashboard.</summary>
public sealed class TrialPageTests(ChromiumBrowser browser, PythonStudies studies) : IClassFixture<PythonStudies>
{
    [Fact]
    public async Task It_shows_all_of_a_trial_and_leads_back_to_where_the_reader_was()
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report("infinite"), 390);
        await page.Page.GetByLabel("Filter the trials").FillAsync("number<=3");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "3", Exact = true }).Last.ClickAsync();

        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Trial 3", Exact = true }).WaitForAsync();
        await page.DrawnAsync();
        (await page.PaintedPlotsAsync()).Should().Equal("Intermediate values");
        string text = await page.Page.Locator("main").InnerTextAsync();
        text.Should().Contain("float, 0 to 1").And.Contain("5 reported values, 3 of them infinite or NaN").And.Contain("Duration");
        (await page.Page.GetByRole(AriaRole.Region, new() { Name = "Values by step" }).Locator("td").AllInnerTextsAsync())
            .Should().HaveCount(5).And.ContainInOrder("NaN", "∞", "−∞");
        (await page.OverflowAsync()).Should().Be(0);

        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Next trial" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Trial 4", Exact = true }).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the study" }).ClickAsync();
        await page.DrawnAsync();
        (await page.Page.Locator("tbody tr").CountAsync()).Should().Be(4, "the filter is still there");
        (await page.PaintedPlotsAsync()).Should().Contain(["Optimization history", "Timeline"]);
        page.Complaints.Should().BeEmpty();
        page.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_retry_names_the_trial_before_it_and_shows_attributes_and_artifacts()
    {
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(studies.Storage, "--importance", "none");
        await using OpenedPage page = await browser.OpenAsync($"{dashboard.StudyUrl("retried")}#trial-2");
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Trial 2", Exact = true }).WaitForAsync();
        // The dashboard asks for the artifacts once the trial is shown.
        await page.Page.Locator(".artifacts li", new() { HasText = "model.bin" }).WaitForAsync();
        string text = await page.Page.Locator("main").InnerTextAsync();
        text.Should().Contain("RUNNING").And.Contain("int, 1 to 64, logarithmic").And.Contain("model.bin").And.NotContain("optimizer");

        await page.Page.Locator("dd", new() { HasText = "0" }).GetByRole(AriaRole.Link).ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Trial 0", Exact = true }).WaitForAsync();
        (await page.Page.Locator("dl").InnerTextAsync()).Should().Contain("Retried by");

        await page.Page.GotoAsync($"{dashboard.StudyUrl("retried")}#trial-1");
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Trial 1", Exact = true }).WaitForAsync();
        (await page.Page.Locator("main").InnerTextAsync()).Should().Contain("fixed_params").And.Contain("again");
        await page.Page.GotoAsync($"{dashboard.StudyUrl("retried")}#trial-99");
        await page.Page.GetByText("The study has no trial 99.").WaitForAsync();
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task A_point_of_a_plot_leads_to_its_trial_and_what_it_holds_is_text()
    {
        await using OpenedPage page = await browser.OpenAsync(studies.Report(PythonStudies.HostileName));
        float[] at = await page.Page.EvaluateAsync<float[]>(
            """
            () => {
                const plot = [...document.querySelectorAll('figure')].find(figure => figure.querySelector('h3').textContent === 'Optimization history').querySelector('.plot');
                plot.scrollIntoView();
                const chart = echarts.getInstanceByDom(plot), box = plot.getBoundingClientRect();
                const [x, y] = chart.convertToPixel({ seriesIndex: 0 }, [...chart.getOption().series[0].data.slice(15, 18)]);
                return [box.left + x, box.top + y];
            }
            """);
        await page.Page.Mouse.ClickAsync(at[0], at[1]);
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Trial 5", Exact = true }).WaitForAsync();
        (await page.Page.Locator("main").InnerTextAsync()).Should().Contain("<img src=x onerror=").And.Contain("<i>x</i>");
        (await page.Page.Locator("main img, main script, main i, main b").CountAsync()).Should().Be(0);
        (await page.Page.TitleAsync()).Should().StartWith("<script>");
        page.Complaints.Should().BeEmpty();
    }
}
