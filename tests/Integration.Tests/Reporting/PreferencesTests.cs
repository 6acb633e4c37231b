using System.Net;
using Hpo.Integration.Tests.Trainer;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>The page of a preferential study: what a person is asked, and what he sees of the answers.</summary>
public sealed class PreferencesTests(ChromiumBrowser browser) : IDisposable
{
    private readonly TrainerInFolder _trainer = new();

    private string Storage => $"sqlite:///{_trainer.File("liked.db")}";

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task A_person_chooses_takes_back_restores_and_skips_in_the_page()
    {
        await PreferentialStudy.CreateAsync(Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--allow-changes");
        await using OpenedPage page = await browser.OpenAsync(dashboard.StudyUrl(PreferentialStudy.Name));
        ILocator dialog = page.Page.Locator("dialog");
        ILocator cards = page.Page.Locator(".candidate");
        ILocator rows = page.Page.GetByRole(AriaRole.Region, new() { Name = "Choices" }).Locator("tbody tr");

        await cards.Nth(3).WaitForAsync();
        (await cards.Nth(2).InnerTextAsync()).Should().Contain("Taste 2 <script>document.title='hacked'</script>").And.Contain("<i>x</i>");
        (await page.Page.Locator(".tile .label").AllInnerTextsAsync()).Should().Equal("Trials", "Best trials", "Choices", "Time");
        (await page.Page.Locator("figure:visible h3").AllInnerTextsAsync()).Should().Equal(["Preferences", "Timeline"], "there are no values to draw");
        (await page.Page.Locator("#trials ~ * thead th").AllInnerTextsAsync()).Should().NotContain("Value").And.Contain("<i>x</i>");
        (await page.SeriousAsync()).Should().BeEmpty();

        // With the keyboard, which stays among the candidates.
        await Button("Trial 2 is the worst").PressAsync("Enter");
        await Button("Trial 2 is the worst").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Page.WaitForFunctionAsync("() => document.activeElement.closest('.candidate')");
        await Button("Take back the choice of trial 2").WaitForAsync();
        (await cards.CountAsync()).Should().Be(3);
        await Button("Trial 0 is the worst").ClickAsync();
        await Row(0, "Take back");
        (await rows.Nth(0).Locator("td").AllInnerTextsAsync()).Should().Equal("0", "1, 3", "yes", "Take back");
        (await page.Page.Locator("tr.best th").AllInnerTextsAsync()).Should().Equal("1", "3");

        await Button("Undo the last choice").ClickAsync();
        await Row(0, "Restore");
        (await cards.CountAsync()).Should().Be(3, "trial 0 is to be compared again");
        await Button("Restore the choice of trial 0").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Restore it" }).ClickAsync();
        await Row(0, "Take back");
        await Button("Take back the choice of trial 2").ClickAsync();
        (await page.SeriousAsync()).Should().BeEmpty();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take it back" }).ClickAsync();
        await Row(2, "Restore");

        await Button("Skip trial 1").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Skip the trial" }).ClickAsync();
        await page.Page.Locator(".tile", new() { HasText = "1 taken back, 1 trial skipped" }).WaitForAsync();
        await page.Page.WaitForFunctionAsync("() => document.activeElement.closest('.candidate')");
        (await cards.Locator("h3").AllInnerTextsAsync()).Should().Equal("Trial 2", "Trial 3");

        await page.Page.GotoAsync($"{dashboard.StudyUrl(PreferentialStudy.Name)}#trial-1");
        await page.Page.Locator("dd", new() { HasText = "no, it was skipped" }).WaitForAsync();
        (await page.Page.Locator("dl.facts").First.InnerTextAsync()).Should().Contain("Preferred to").And.NotContain("Value");

        (await PreferentialStudy.ReadAsync(Storage)).Should().Equal(
            "preferences [(1, 0), (3, 0)]",
            "best [3] should generate True",
            "trials [('COMPLETE', [0.0], True), ('COMPLETE', [0.0], True), ('COMPLETE', [0.0], True), ('COMPLETE', [0.0], True)]",
            "history ChooseWorst [0, 1, 2, 3] 2 [[0, 2], [1, 2], [3, 2]] True",
            "history ChooseWorst [0, 1, 3] 0 [[1, 0], [3, 0]] False");
        dashboard.Messages.Should().ContainSingle(line => line.Contains("trial 2 of '<b>liked</b>' chosen as the worst of 0, 1, 2, 3", StringComparison.Ordinal));
        page.Complaints.Should().BeEmpty();
        page.Requests.Should().OnlyContain(url => url.StartsWith(dashboard.Url("/"), StringComparison.Ordinal));

        ILocator Button(string name) => page.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

        Task Row(int worst, string action) => Button($"{action} the choice of trial {worst}").WaitForAsync();
    }

    [Fact]
    public async Task What_programs_and_others_do_reaches_an_open_page()
    {
        await PreferentialStudy.CreateAsync(Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none", "--allow-changes");
        await using OpenedPage page = await browser.OpenAsync(dashboard.StudyUrl(PreferentialStudy.Name), 390, ColorScheme.Dark);
        ILocator last = page.Page.GetByRole(AriaRole.Button, new() { Name = "Trial 4 is the worst", Exact = true });

        // A choice that somebody made in optuna-dashboard.
        await PreferentialStudy.RunAsync(
            """
            study = load()
            attribute(study, "preference:values1", [[0, 2], [1, 2], [3, 2]])
            for trial in study.trials:
                study._storage.set_trial_state_values(trial._trial_id, TrialState.COMPLETE, [0])
            attribute(study, "preference:history1", json.dumps({"mode": "ChooseWorst", "id": "1", "timestamp": "2026-01-02T03:04:05.678", "candidates": [0, 1, 2, 3], "clicked": 2, "preferences": [[0, 2], [1, 2], [3, 2]]}))
            """, Storage);
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Trial 2 is the worst", Exact = true }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Page.GetByRole(AriaRole.Cell, new() { Name = "0, 1, 3", Exact = true }).WaitForAsync();
        (await page.Page.Locator(".state", new() { HasText = "4 complete" }).CountAsync()).Should().Be(1);

        // A trial is compared when its note is there.
        await PreferentialStudy.RunAsync("load().ask().suggest_float('<i>x</i>', 0, 1)", Storage);
        await last.WaitForAsync();
        (await last.IsDisabledAsync()).Should().BeTrue();
        await page.Page.Locator(".candidate", new() { HasText = "Its note is not written yet." }).WaitForAsync();
        (await page.SeriousAsync()).Should().BeEmpty();
        (await page.OverflowAsync()).Should().Be(0);
        await PreferentialStudy.RunAsync("study = load()\nnote(study, study.trials[4], 'Taste 4')", Storage);
        await page.Page.WaitForFunctionAsync("() => !document.querySelector(\"[aria-label='Trial 4 is the worst']\").disabled");
        page.Requests.Should().Contain(url => url.Contains("&since=", StringComparison.Ordinal));

        // Somebody else answered while this page was held back.
        await page.Page.RouteAsync("**/api/shown*", route => route.AbortAsync());
        (await PreferentialStudy.ChooseAsync(dashboard, 4, 0, 1, 3, 4)).Status.Should().Be(HttpStatusCode.NoContent);
        await last.ClickAsync();
        await page.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Trial 4 is not to be compared any more: it was chosen as worse than another one meanwhile. Nothing was saved" }).WaitForAsync();
        (await PreferentialStudy.ReadAsync(Storage)).Count(line => line.StartsWith("history", StringComparison.Ordinal)).Should().Be(2);
        page.Complaints.Where(line => !line.Contains("409", StringComparison.Ordinal) && !line.Contains("ERR_FAILED", StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_trial_is_judged_by_the_artifact_that_its_attribute_names()
    {
        string folder = _trainer.File("store");
        await PreferentialStudy.CreateAsync(Storage);
        await PreferentialStudy.RunAsync(
            """
            import base64, os
            os.makedirs(sys.argv[2])
            study = load()
            pixel = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==")
            for trial, (id, name, mimetype, content) in zip(study.trials, [("a-0", "plot <b>.png", "image/png", pixel), ("a-1", "said.txt", "text/plain", b"<i>words</i>"), ("a-2", "tune.mid", "audio/midi", None)]):
                study._storage.set_trial_user_attr(trial._trial_id, "out<put>", id)
                meta = json.dumps({"artifact_id": id, "filename": name, "mimetype": mimetype, "encoding": None})
                if id == "a-1": # as optuna-dashboard did before Optuna had artifacts
                    attribute(study, f"dashboard:artifacts:{trial._trial_id}:{id}", meta)
                else:
                    study._storage.set_trial_system_attr(trial._trial_id, f"artifacts:{id}", meta)
                if content:
                    open(os.path.join(sys.argv[2], id), "wb").write(content)
            study._storage.set_trial_user_attr(study.trials[3]._trial_id, "out<put>", "a-0")
            """, Storage, folder);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none", "--allow-changes", "--artifacts", folder);
        await using OpenedPage page = await browser.OpenAsync(dashboard.StudyUrl(PreferentialStudy.Name));
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Judged by", Exact = true }).ClickAsync();
        await page.Page.Locator("dialog select").SelectOptionAsync(new SelectOptionValue { Label = "the artifact that its attribute “out<put>” names" });
        (await page.SeriousAsync()).Should().BeEmpty();
        await page.Page.Locator("dialog").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await page.Page.WaitForFunctionAsync("() => document.querySelector(\".candidate img[alt='plot <b>.png']\")?.naturalWidth === 1");
        await Card(1).Locator("pre", new() { HasText = "<i>words</i>" }).WaitForAsync();
        await Card(2).GetByText("tune.mid is not in the dashboard's folder of artifacts").WaitForAsync();
        // It is another trial's.
        await Card(3).GetByText("Its artifact is not there yet, which its attribute “out<put>” names.").WaitForAsync();
        (await page.SeriousAsync()).Should().BeEmpty();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Trial 1 is the worst", Exact = true }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Cell, new() { Name = "0, 2", Exact = true }).WaitForAsync();
        (await PreferentialStudy.ReadAsync(Storage)).Should().Contain("preferences [(0, 1), (2, 1)]");
        (await PreferentialStudy.RunAsync("print(attributes(load())['preference:component'])", Storage)).Trim()
            .Should().Be("{'output_type': 'artifact', 'artifact_key': 'out<put>'}");
        page.Complaints.Should().BeEmpty();

        ILocator Card(int number) => page.Page.Locator(".candidate", new() { Has = page.Page.GetByText($"Trial {number}", new() { Exact = true }) });
    }

    [Fact]
    public async Task Without_changes_a_reader_sees_what_was_chosen_and_is_asked_nothing()
    {
        await PreferentialStudy.CreateAsync(Storage);
        await using (RunningDashboard writer = await RunningDashboard.StartAsync(Storage, "--importance", "none", "--allow-changes"))
            await PreferentialStudy.ChooseAsync(writer, 2, 0, 2);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none");
        await using OpenedPage page = await browser.OpenAsync(dashboard.StudyUrl(PreferentialStudy.Name));
        await page.Page.Locator("h2", new() { HasText = "Choices" }).WaitForAsync();
        await ShownAsync();

        await page.Page.GotoAsync(dashboard.Url("/"));
        await page.Page.GetByRole(AriaRole.Cell, new() { Name = "preferential", Exact = true }).WaitForAsync();
        (await page.Page.Locator("tr", new() { HasText = "preferential" }).Locator("td").Nth(2).InnerTextAsync()).Should().Be("–", "its zeros are no values");
        await page.Page.GotoAsync(dashboard.Url($"/compare?name=plain&name={Uri.EscapeDataString(PreferentialStudy.Name)}"));
        await page.Page.Locator("#live", new() { HasText = "is preferential: people compare its trials, which have no values" }).WaitForAsync();

        (await _trainer.RunAsync("report", "--study", PreferentialStudy.Name, "--storage", Storage, "--importance", "none", "--out", "liked.html")).ExitCode.Should().Be(0);
        await page.Page.GotoAsync(new Uri(_trainer.File("liked.html")).AbsoluteUri);
        await ShownAsync();
        foreach (string[] command in new[] { ["compare", "--studies", $"{PreferentialStudy.Name},plain"], new[] { "results", "--study", PreferentialStudy.Name } })
        {
            var refused = await _trainer.RunAsync([.. command, "--storage", Storage]);
            (refused.ExitCode, refused.StandardError).Should().Match<(int Code, string Text)>(ended => ended.Code == 2 && ended.Text.Contains("people compare its trials, which have no values"));
        }
        page.Complaints.Should().BeEmpty();

        async Task ShownAsync()
        {
            (await page.Page.GetByRole(AriaRole.Region, new() { Name = "Choices" }).Locator("tbody td").AllInnerTextsAsync()).Should().Equal("2", "0", "yes");
            (await page.Page.Locator("tr.best th").AllInnerTextsAsync()).Should().Equal("0");
            ILocator graph = page.Page.Locator("figure", new() { HasText = "Preferences" }).Locator(".plot");
            await Assertions.Expect(graph).ToHaveAttributeAsync("aria-label", "Preferences among 2 trials, in 2 rows; best: 0.");
            await Assertions.Expect(graph).ToHaveAttributeAsync("data-drawn", "true");
            (await page.Page.Locator(".candidate").CountAsync()).Should().Be(0);
            (await page.Page.GetByText("Which trial is the worst?").CountAsync()).Should().Be(0);
            (await page.SeriousAsync()).Should().BeEmpty();

            // Each trial of the graph leads to its page: the better one is on top.
            await graph.ScrollIntoViewIfNeededAsync();
            LocatorBoundingBoxResult box = (await graph.BoundingBoxAsync())!;
            await page.Page.Mouse.ClickAsync(box.X + box.Width / 2, box.Y + 26);
            await page.Page.WaitForFunctionAsync("() => location.hash === '#trial-0'");
        }
    }
}
