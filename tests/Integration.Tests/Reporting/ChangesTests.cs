using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Hpo.Integration.Tests.Trainer;
using Hpo.Tests;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>What the dashboard changes where that was allowed, and for whom it does not.</summary>
public sealed class ChangesTests(ChromiumBrowser browser, DatabaseServer server) : IDisposable
{
    private const string Studies =
        """
        import sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        for name in ("first", "second", "third"):
            study = optuna.create_study(study_name=name, storage=sys.argv[1], sampler=optuna.samplers.RandomSampler(seed=1))
            def objective(trial):
                trial.report(1, 0)
                return trial.suggest_float("x", 0, 1) + trial.suggest_int("n", 1, 9) + (trial.suggest_categorical("k", ["a", None, 3]) == "a")
            study.optimize(objective, n_trials=4)
        optuna.load_study(study_name="first", storage=sys.argv[1]).ask()
        """;

    private readonly TrainerInFolder _trainer = new();

    private string Storage => $"sqlite:///{_trainer.File("changes.db")}";

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task A_person_writes_notes_enqueues_fails_renames_deletes_and_creates_in_the_page()
    {
        await PythonOracle.RunAsync(Studies, Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none", "--allow-changes");
        await using OpenedPage page = await browser.OpenAsync(dashboard.StudyUrl("first"));
        ILocator dialog = page.Page.Locator("dialog");

        await Button("Write a note").ClickAsync();
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("# Plan\n\n**bold**, <script>document.title='hacked'</script>\n\n| a | b |\n|---|---|\n| 1 | 2 |");
        (await page.SeriousAsync()).Should().BeEmpty();
        await Button("Save").ClickAsync();
        await page.Page.Locator(".prose h4", new() { HasText = "Plan" }).WaitForAsync();
        (await page.Page.Locator(".prose td").AllInnerTextsAsync()).Should().Equal("1", "2");

        await Button("Enqueue a trial").ClickAsync();
        await dialog.GetByRole(AriaRole.Spinbutton, new() { Name = "x" }).FillAsync("0.25");
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "k" }).SelectOptionAsync("1");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Enqueue" }).ClickAsync();
        await page.Page.Locator(".tile", new() { HasText = "1 waiting" }).WaitForAsync();

        await page.Page.GotoAsync($"{dashboard.StudyUrl("first")}#trial-4");
        await Button("Fail the trial").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Fail the trial" }).ClickAsync();
        await page.Page.Locator(".state.fail").First.WaitForAsync();
        await Button("Write a note").ClickAsync();
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("It hung.");
        await Button("Save").ClickAsync();
        await page.Page.Locator(".prose", new() { HasText = "It hung." }).WaitForAsync();

        await page.Page.GotoAsync(dashboard.StudyUrl("second"));
        await Button("Rename").ClickAsync();
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("renamed");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await page.Page.WaitForFunctionAsync("() => location.search === '?name=renamed'");
        await Button("Delete").ClickAsync();
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("another");
        await Button("Delete for good").ClickAsync();
        // The alert is there before the server has answered, and empty.
        await dialog.GetByRole(AriaRole.Alert).Filter(new() { HasText = "another one" }).WaitForAsync();
        await dialog.GetByRole(AriaRole.Textbox).FillAsync("renamed");
        await Button("Delete for good").ClickAsync();

        await page.Page.WaitForFunctionAsync("() => location.pathname === '/'");
        await Button("New study").ClickAsync();
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("made");
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "Objectives" }).FillAsync("maximize, minimize");
        await Button("Create").ClickAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "made" }).WaitForAsync();

        // What Optuna and optuna-dashboard read.
        JsonElement read = JsonDocument.Parse(await PythonOracle.RunAsync(
            """
            import json, sys, optuna
            storage = sys.argv[1]
            study = optuna.load_study(study_name="first", storage=storage)
            attrs = study._storage.get_study_system_attrs(study._study_id)
            failed, waiting = study.trials[4], study.trials[5]
            print(json.dumps({
                "names": [s.study_name for s in optuna.get_all_study_summaries(storage)],
                "made": [d.name for d in optuna.load_study(study_name="made", storage=storage).directions],
                "note": attrs["dashboard:note_str:0"], "version": attrs["dashboard:note_ver"],
                "trial": attrs[f"dashboard:{failed._trial_id}:note_str:0"],
                "states": [failed.state.name, failed.datetime_complete is not None, waiting.state.name, waiting.system_attrs["fixed_params"]],
            }))
            """, Storage)).RootElement;
        read.GetProperty("names").EnumerateArray().Select(name => name.GetString()).Should().BeEquivalentTo("first", "third", "made");
        read.GetProperty("made").ToString().Should().Be("""["MAXIMIZE", "MINIMIZE"]""");
        read.GetProperty("note").GetString().Should().StartWith("# Plan\n\n**bold**, <script>");
        read.GetProperty("version").GetInt32().Should().Be(1);
        read.GetProperty("trial").GetString().Should().Be("It hung.");
        read.GetProperty("states").ToString().Should().Be("""["FAIL", true, "WAITING", {"x": 0.25, "k": null}]""");
        dashboard.Messages.Should().Contain(line => line.Contains("study 'renamed' deleted", StringComparison.Ordinal)).And.HaveCountGreaterThan(6);
        page.Complaints.Where(line => !line.Contains("409", StringComparison.Ordinal)).Should().BeEmpty();
        page.Requests.Should().OnlyContain(url => url.StartsWith(dashboard.Url("/"), StringComparison.Ordinal));

        ILocator Button(string name) => page.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
    }

    [Fact]
    public async Task MySQL_is_changed_as_Optuna_would_and_what_changed_meanwhile_is_a_conflict()
    {
        server.Require();
        string url = server.Url("changes");
        await server.ExecuteAsync("CREATE DATABASE changes CHARACTER SET utf8mb4");
        await PythonOracle.RunAsync(Studies, url);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(url, "--importance", "none", "--allow-changes");
        string body = new StringBuilder().Insert(0, "12345678é😀", 500).ToString();

        (await ChangeAsync(dashboard, "note", new { study = "first", trial = (int?)null, version = 1, body })).Should().Be(HttpStatusCode.NoContent);
        (await ChangeAsync(dashboard, "note", new { study = "first", trial = (int?)null, version = 1, body = "lost" })).Should().Be(HttpStatusCode.Conflict);
        (await dashboard.SnapshotAsync("first")).Should().Contain("\"version\":1");
        (await ChangeAsync(dashboard, "note", new { study = "third", trial = (int?)1, version = 1, body })).Should().Be(HttpStatusCode.NoContent);
        (await ChangeAsync(dashboard, "note", new { study = "third", trial = (int?)1, version = 2, body = "short" })).Should().Be(HttpStatusCode.NoContent);
        (await ChangeAsync(dashboard, "delete", new { study = "first", confirmed = "first" })).Should().Be(HttpStatusCode.Conflict, "a trial runs");
        (await ChangeAsync(dashboard, "fail", new { study = "first", trial = 4 })).Should().Be(HttpStatusCode.NoContent);
        (await ChangeAsync(dashboard, "fail", new { study = "first", trial = 4 })).Should().Be(HttpStatusCode.Conflict);
        (await ChangeAsync(dashboard, "enqueue", new { study = "first", @params = new { x = 0.5, n = 10 } })).Should().Be(HttpStatusCode.Conflict, "n goes to 9");
        (await ChangeAsync(dashboard, "enqueue", new { study = "first", @params = new { x = 0.5, n = 9, k = 2 } })).Should().Be(HttpStatusCode.NoContent);
        (await ChangeAsync(dashboard, "rename", new { study = "first", name = "third" })).Should().Be(HttpStatusCode.Conflict);
        (await ChangeAsync(dashboard, "delete", new { study = "second", confirmed = "second" })).Should().Be(HttpStatusCode.NoContent);

        string read = await PythonOracle.RunAsync(
            """
            import sys, optuna
            study = optuna.load_study(study_name="first", storage=sys.argv[1])
            attrs = study._storage.get_study_system_attrs(study._study_id)
            print("".join(attrs[f"dashboard:note_str:{i}"] for i in range(3)) == "12345678é😀" * 500)
            third = optuna.load_study(study_name="third", storage=sys.argv[1])
            attrs, trial = third._storage.get_study_system_attrs(third._study_id), third.trials[1]._trial_id
            print([attrs[f"dashboard:{trial}:note_str:{i}"] for i in range(3)], attrs[f"dashboard:{trial}:note_ver"])
            trial = study.ask()
            print(trial.number, trial.suggest_float("x", 0, 1), trial.suggest_int("n", 1, 9), trial.suggest_categorical("k", ["a", None, 3]))
            print([s.study_name for s in optuna.get_all_study_summaries(sys.argv[1])])
            """, url);
        read.Trim().ReplaceLineEndings("\n").Should().Be("True\n['short', '', ''] 2\n5 0.5 9 3\n['first', 'third']");
    }

    [Fact]
    public async Task Nobody_else_changes_anything()
    {
        await PythonOracle.RunAsync(Studies, Storage);
        var note = new { study = "first", trial = (int?)null, version = 1, body = "x" };
        await using (RunningDashboard reader = await RunningDashboard.StartAsync(Storage, "--importance", "none"))
        {
            (await ChangeAsync(reader, "note", note)).Should().BeOneOf(HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed);
            (await reader.GetTextAsync("/api/rights")).Should().Be("""{"changes":false}""");
        }
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none", "--allow-changes");
        foreach (string? origin in new[] { null, "null", "https://evil.example", "http://127.0.0.1:1", "http://localhost" })
            (await ChangeAsync(dashboard, "note", note, origin)).Should().Be(HttpStatusCode.Forbidden, origin);
        (await ChangeAsync(dashboard, "note", note, Own(dashboard), site: "cross-site")).Should().Be(HttpStatusCode.Forbidden);
        (await ChangeAsync(dashboard, "note", note, Own(dashboard), type: "text/plain")).Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await ChangeAsync(dashboard, "note", new { study = "first" })).Should().Be(HttpStatusCode.BadRequest);
        (await ChangeAsync(dashboard, "note", new { study = (string?)null, trial = (int?)null, version = 1, body = "x" })).Should().Be(HttpStatusCode.BadRequest);
        (await ChangeAsync(dashboard, "note", new { study = "first", trial = (int?)null, version = 1, body = new string('x', 300_000) })).Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await ChangeAsync(dashboard, "create", new { name = " ", directions = new[] { "minimize" } })).Should().Be(HttpStatusCode.Conflict);
        (await ChangeAsync(dashboard, "create", new { name = "a\0b", directions = new[] { "minimize" } })).Should().Be(HttpStatusCode.Conflict);
        (await ChangeAsync(dashboard, "create", new { name = "new", directions = new[] { "sideways" } })).Should().Be(HttpStatusCode.BadRequest);
        (await ChangeAsync(dashboard, "note", new { study = "nowhere", trial = (int?)null, version = 1, body = "x" })).Should().Be(HttpStatusCode.NotFound);
        (await dashboard.SnapshotAsync("first")).Should().NotContain("\"note\"");
        dashboard.Messages.Should().NotContain(line => line.Contains("error", StringComparison.Ordinal) || line.Contains("changed by", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Beyond_loopback_the_token_is_asked_for()
    {
        await PythonOracle.RunAsync(Studies, Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--address", "0.0.0.0", "--importance", "none", "--allow-changes");
        var note = new { study = "first", trial = (int?)null, version = 1, body = "x" };
        (await ChangeAsync(dashboard, "note", note)).Should().Be(HttpStatusCode.Unauthorized);
        (await ChangeAsync(dashboard, "note", note, Own(dashboard), token: dashboard.Token)).Should().Be(HttpStatusCode.NoContent);
    }

    private static string Own(RunningDashboard dashboard) => dashboard.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    private static Task<HttpStatusCode> ChangeAsync(RunningDashboard dashboard, string path, object change) => ChangeAsync(dashboard, path, change, Own(dashboard));

    private static async Task<HttpStatusCode> ChangeAsync(
        RunningDashboard dashboard, string path, object change, string? origin, string? site = null, string type = "application/json", string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/changes/{path}") { Content = new StringContent(JsonSerializer.Serialize(change), Encoding.UTF8, type) };
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await dashboard.Client.SendAsync(request);
        return response.StatusCode;
    }
}
