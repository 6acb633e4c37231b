using Hpo.Integration.Tests.Trainer;
using Hpo.Tests;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>News that come while the reader presses a button or has marked a text take neither away.</summary>
public sealed class InterruptedReaderTests(ChromiumBrowser browser) : IDisposable
{
    private const string Study =
        """
        import sys, optuna
        study = optuna.create_study(study_name="running", storage=sys.argv[1])
        study.enqueue_trial({"x": 0.1234})
        running = study.ask()
        running.suggest_float("x", 0, 1)
        running.set_user_attr("news", "none yet")
        study.add_trial(optuna.trial.create_trial(values=[1]))
        """;

    // An attribute of the running trial, and a new trial.
    private const string Change =
        """
        import sys, optuna
        study = optuna.load_study(study_name="running", storage=sys.argv[1])
        study._storage.set_trial_user_attr(study.trials[0]._trial_id, "news", sys.argv[2])
        study.add_trial(study.trials[1])
        """;

    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_press_that_news_interrupt_is_a_click(bool byMouse)
    {
        await PythonOracle.RunAsync(Study, _trainer.Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(_trainer.Storage, "--importance", "none", "--allow-changes");
        await using OpenedPage page = await browser.OpenAsync($"{dashboard.StudyUrl("running")}#trial-0");
        ILocator button = page.Page.GetByRole(AriaRole.Button, new() { Name = "Fail the trial", Exact = true });
        ILocator dialog = page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Fail trial 0?" });

        await (byMouse ? button.HoverAsync() : button.FocusAsync());
        await NewsAsync(page, "first", () => byMouse ? page.Page.Mouse.DownAsync() : page.Page.Keyboard.DownAsync(" "));
        (await News(page, "first").CountAsync()).Should().Be(0, "nothing moves under the reader's hand");
        await (byMouse ? page.Page.Mouse.UpAsync() : page.Page.Keyboard.UpAsync(" "));

        await dialog.WaitForAsync();
        await News(page, "first").WaitForAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        // The page goes on.
        await NewsAsync(page, "second");
        await News(page, "second").WaitForAsync();
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task A_note_is_written_on_the_trial_that_is_shown()
    {
        await PythonOracle.RunAsync(Study, _trainer.Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(_trainer.Storage, "--importance", "none", "--allow-changes");
        await using OpenedPage page = await browser.OpenAsync($"{dashboard.StudyUrl("running")}#trial-0");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Write a note" }).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Next trial" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Trial 1", Exact = true }).WaitForAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Write a note" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Note on trial 1" }).WaitForAsync();
    }

    [Theory]
    [InlineData("pointerup", "click")]
    [InlineData("pointerup", "")]
    [InlineData("pointercancel", "")]
    public async Task What_a_finger_holds_up_comes_after_its_tap_or_scroll(string end, string click)
    {
        await PythonOracle.RunAsync(Study, _trainer.Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(_trainer.Storage, "--importance", "none");
        await using OpenedPage page = await browser.OpenAsync($"{dashboard.StudyUrl("running")}#trial-0");
        await NewsAsync(page, "first", () => FingerAsync("pointerdown"));
        await FingerAsync(end);
        if (click != "") await FingerAsync(click);
        await News(page, "first").WaitForAsync();

        Task FingerAsync(string name) => page.Page.EvaluateAsync(
            "name => document.body.dispatchEvent(new PointerEvent(name, { bubbles: true, pointerType: 'touch' }))", name);
    }

    [Fact]
    public async Task A_release_that_the_page_is_not_told_holds_nothing_up()
    {
        await PythonOracle.RunAsync(Study, _trainer.Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(_trainer.Storage, "--importance", "none");
        await using OpenedPage page = await browser.OpenAsync($"{dashboard.StudyUrl("running")}#trial-0");
        // As over an open list of choices: a press, and later a pointer that moves without one.
        await NewsAsync(page, "first", () => page.Page.EvaluateAsync("() => document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, buttons: 1, pointerType: 'mouse' }))"));
        (await News(page, "first").CountAsync()).Should().Be(0);
        await page.Page.Mouse.MoveAsync(200, 200);
        await News(page, "first").WaitForAsync();
    }

    [Theory]
    [InlineData("#trial-0", ".card dd:has(.running)")]
    [InlineData("#trial-0", "table td:text-is('0.1234')")]
    [InlineData("#study", "dd:text-is('minimize Value')")]
    [InlineData("#study", "#content tbody tr:nth-child(2) td:has(.complete)")]
    public async Task What_the_reader_has_marked_stays_marked(string view, string marked)
    {
        await PythonOracle.RunAsync(Study, _trainer.Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(_trainer.Storage, "--importance", "none", "--allow-changes");
        await using OpenedPage page = await browser.OpenAsync($"{dashboard.StudyUrl("running")}{view}");
        await page.Page.Locator(marked).EvaluateAsync("element => getSelection().selectAllChildren(element)");
        string text = await SelectionAsync(page);
        text.Should().NotBeEmpty();

        await NewsAsync(page, "first");

        await News(page, "first").WaitForAsync();
        (await SelectionAsync(page)).Should().Be(text);
    }

    // In the table of trials, or in the trial's own attributes.
    private static ILocator News(OpenedPage page, string text) => page.Page.Locator("td", new() { HasText = text });

    private static Task<string> SelectionAsync(OpenedPage page) => page.Page.EvaluateAsync<string>("() => getSelection().toString()");

    /// <summary>Changes the study, and waits until the page has been told; before it is, it is pressed.</summary>
    private async Task NewsAsync(OpenedPage page, string text, Func<Task>? press = null)
    {
        const string Asking = "**/api/shown?*";
        var (asked, pressed) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.Page.RouteAsync(Asking, async route =>
        {
            asked.TrySetResult();
            await pressed.Task;
            await route.ContinueAsync();
        });
        await PythonOracle.RunAsync(Change, _trainer.Storage, text);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        if (press is not null) await press();
        await page.Page.RunAndWaitForResponseAsync(
            () =>
            {
                pressed.SetResult();
                return Task.CompletedTask;
            },
            response => response.Url.Contains("&since=", StringComparison.Ordinal) && response.Ok);
        // It would have shown them by then.
        await page.Page.EvaluateAsync("() => new Promise(shown => requestAnimationFrame(() => requestAnimationFrame(shown)))");
        await page.Page.UnrouteAsync(Asking);
    }
}
