using System.Net;
using Hpo.Integration.Tests.Trainer;
using Hpo.Tests;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>The form for user attributes that optuna-dashboard's function registered: a person fills it in for a running trial, which goes on.</summary>
public sealed class AttributeFormTests(ChromiumBrowser browser, DatabaseServer server) : IDisposable
{
    // What register_user_attr_form_widgets of optuna-dashboard 0.20.0 writes.
    private const string Studies =
        """
        import sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        asked = optuna.create_study(study_name="asked", storage=sys.argv[1], sampler=optuna.samplers.RandomSampler(seed=1))
        asked._storage.set_study_system_attr(asked._study_id, "dashboard:form_widgets:v2", {"output_type": "user_attr", "widgets": [
            {"type": "choice", "description": "<b>Looks</b>", "choices": ["Good 👍", "Bad 👎"], "values": [1, -1.5], "user_attr_key": "hitl/looks"},
            {"type": "slider", "description": "Noise", "min": 1, "max": 10, "step": 0.5, "labels": [{"value": 1, "label": "none"}], "user_attr_key": "hitl/noise"},
            {"type": "text", "description": "Why?", "user_attr_key": "hitl/why", "optional": True},
            {"type": "text", "description": None, "user_attr_key": "hitl/name", "optional": False}]})
        asked.ask()
        asked.tell(asked.ask(), 1)
        optuna.create_study(study_name="plain", storage=sys.argv[1]).ask()
        """;

    private const string Reading =
        """
        import sys, optuna
        trial = optuna.load_study(study_name="asked", storage=sys.argv[1]).trials[0]
        print(trial.state.name, sorted(trial.user_attrs.items()))
        """;

    private readonly TrainerInFolder _trainer = new();

    private string Storage => $"sqlite:///{_trainer.File("asked.db")}";

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task A_person_fills_in_the_form_and_changes_what_he_said()
    {
        await PythonOracle.RunAsync(Studies, Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none", "--allow-changes");
        await using OpenedPage page = await browser.OpenAsync($"{dashboard.StudyUrl("asked")}#trial-0");
        ILocator dialog = page.Page.Locator("dialog");
        await Button("Fill in the form").ClickAsync();
        await dialog.GetByLabel("hitl/looks: <b>Looks</b>").SelectOptionAsync(new SelectOptionValue { Label = "Bad 👎" });
        await dialog.GetByLabel("hitl/noise: Noise: 1 none").FillAsync("2.5");
        await dialog.GetByLabel("hitl/name").FillAsync("<script>document.title='hacked'</script> 12");
        (await page.SeriousAsync()).Should().BeEmpty();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.Locator("td", new() { HasText = "<script>document.title='hacked'</script> 12" }).WaitForAsync();
        (await ReadAsync(Storage)).Should().Be(
            """RUNNING [('hitl/looks', -1.5), ('hitl/name', "<script>document.title='hacked'</script> 12"), ('hitl/noise', 2.5), ('hitl/why', '')]""");

        // The form holds what was said.
        await Button("Fill in the form").ClickAsync();
        (await dialog.GetByLabel("hitl/looks").InputValueAsync()).Should().Be("-1.5");
        (await dialog.GetByLabel("hitl/noise").InputValueAsync()).Should().Be("2.5");
        await dialog.GetByLabel("hitl/noise").FillAsync("3");
        await dialog.GetByLabel("hitl/why").FillAsync("It is loud.");
        await dialog.GetByLabel("hitl/name").FillAsync("12");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.Page.Locator("td", new() { HasText = "It is loud." }).WaitForAsync();
        (await ReadAsync(Storage)).Should().Be("RUNNING [('hitl/looks', -1.5), ('hitl/name', '12'), ('hitl/noise', 3), ('hitl/why', 'It is loud.')]");

        await page.Page.GotoAsync($"{dashboard.StudyUrl("asked")}#trial-1");
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Trial 1", Exact = true }).WaitForAsync();
        (await Button("Fill in the form").CountAsync()).Should().Be(0, "it is complete");
        dashboard.Messages.Should().Contain(line => line.Contains("form of trial 0 of 'asked' filled in: hitl/looks, hitl/noise, hitl/why, hitl/name", StringComparison.Ordinal));
        page.Complaints.Should().BeEmpty();

        ILocator Button(string name) => page.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
    }

    [Fact]
    public async Task What_the_form_does_not_allow_is_refused()
    {
        server.Require();
        string url = server.Url("asked");
        await server.ExecuteAsync("CREATE DATABASE asked CHARACTER SET utf8mb4");
        await PythonOracle.RunAsync(Studies, url);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(url, "--importance", "none", "--allow-changes");

        await Refused(HttpStatusCode.Conflict, "'hitl/looks' is one of 1, -1.5", With("hitl/looks", 2));
        await Refused(HttpStatusCode.Conflict, "'hitl/looks' is one of 1, -1.5", With("hitl/looks", "1"));
        await Refused(HttpStatusCode.Conflict, "'hitl/noise' is a number from 1 to 10", With("hitl/noise", 10.5));
        await Refused(HttpStatusCode.Conflict, "'hitl/noise' is a number from 1 to 10", With("hitl/noise", null));
        await Refused(HttpStatusCode.Conflict, "'hitl/name' is a text of 1 to 10000 letters", With("hitl/name", ""));
        await Refused(HttpStatusCode.Conflict, "'hitl/why' is a text of 0 to 10000 letters", With("hitl/why", new string('x', 10_001)));
        await Refused(HttpStatusCode.Conflict, "The study's form has no field 'owner'", With("owner", "me"));
        await Refused(HttpStatusCode.Conflict, "The field 'hitl/looks' is missing", new() { ["hitl/name"] = "x" });
        await Refused(HttpStatusCode.Conflict, "Trial 1 is COMPLETE", With("hitl/name", "x"), trial: 1);
        await Refused(HttpStatusCode.NotFound, "no trial 2", With("hitl/name", "x"), trial: 2);
        await Refused(HttpStatusCode.Conflict, "No form for user attributes", With("hitl/name", "x"), study: "plain");
        (await ReadAsync(url)).Should().Be("RUNNING []");

        (await SendAsync("asked", 0, With("hitl/name", new string('ä', 10_000)))).Status.Should().Be(HttpStatusCode.NoContent);
        (await SendAsync("asked", 0, With("hitl/name", "x"))).Status.Should().Be(HttpStatusCode.NoContent);
        (await SendAsync("asked", 0, With("hitl/name", "x"))).Status.Should().Be(HttpStatusCode.NoContent, "the same once more changes nothing");
        (await ReadAsync(url)).Should().Be("RUNNING [('hitl/looks', 1), ('hitl/name', 'x'), ('hitl/noise', 1), ('hitl/why', '')]");

        async Task Refused(HttpStatusCode status, string why, Dictionary<string, object?> fields, int trial = 0, string study = "asked")
        {
            (HttpStatusCode given, string answer) = await SendAsync(study, trial, fields);
            answer.Should().Contain(why);
            given.Should().Be(status, why);
        }

        Task<(HttpStatusCode Status, string Answer)> SendAsync(string study, int trial, Dictionary<string, object?> fields) =>
            PreferentialStudy.ChangeAsync(dashboard, "form", new { study, trial, fields });

        static Dictionary<string, object?> With(string key, object? value) =>
            new() { ["hitl/looks"] = 1, ["hitl/noise"] = 1, ["hitl/why"] = "", ["hitl/name"] = "me", [key] = value };
    }

    private static async Task<string> ReadAsync(string storage) => (await PythonOracle.RunAsync(Reading, storage)).Trim();
}
