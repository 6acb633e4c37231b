using System.Net;
using System.Net.Http.Json;
using Hpo.Integration.Tests.Trainer;
using Hpo.Tests;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>A running trial that a person completes with values, from the form that optuna-dashboard's function registered.</summary>
public sealed class CompletedTrialsTests(ChromiumBrowser browser) : IDisposable
{
    // What register_objective_form_widgets of optuna-dashboard 0.20.0 writes.
    private const string Studies =
        """
        import sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        judged = optuna.create_study(study_name="judged", storage=sys.argv[1], directions=["maximize", "minimize", "minimize"])
        judged._storage.set_study_system_attr(judged._study_id, "dashboard:form_widgets:v2", {"output_type": "objective", "widgets": [
            {"type": "choice", "description": "Looks", "choices": ["Good 👍", "Bad 👎"], "values": [1, -1], "user_attr_key": None},
            {"type": "slider", "description": "Noise", "min": 1, "max": 10, "step": 1, "labels": None, "user_attr_key": None},
            {"type": "user_attr", "key": "seconds"}]})
        judged.ask().set_user_attr("seconds", 12.5)
        plain = optuna.create_study(study_name="plain", storage=sys.argv[1])
        plain.ask()
        """;

    private readonly TrainerInFolder _trainer = new();

    private string Storage => $"sqlite:///{_trainer.File("judged.db")}";

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task A_person_judges_a_running_trial_in_the_registered_form()
    {
        await PythonOracle.RunAsync(Studies, Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none", "--allow-changes");
        await using OpenedPage page = await browser.OpenAsync($"{dashboard.StudyUrl("judged")}#trial-0");
        ILocator dialog = page.Page.Locator("dialog");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Set its values" }).ClickAsync();
        await dialog.Locator("select").SelectOptionAsync(new SelectOptionValue { Label = "Good 👍" });
        await dialog.Locator("input[max='10']").FillAsync("3");
        (await dialog.Locator("input[step=any]").InputValueAsync()).Should().Be("12.5", "the trial's attribute has it");
        (await page.SeriousAsync()).Should().BeEmpty();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Complete the trial" }).ClickAsync();
        await page.Page.Locator(".state.complete").First.WaitForAsync();
        page.Complaints.Should().BeEmpty();

        (await CompleteAsync("judged", 1, 3, 12.5)).Should().Be(HttpStatusCode.Conflict, "it is complete");
        (await CompleteAsync("plain", 1, 2)).Should().Be(HttpStatusCode.Conflict, "it has one objective");
        (await CompleteAsync("nowhere", 1)).Should().Be(HttpStatusCode.NotFound);
        (await CompleteAsync("plain", 0.5)).Should().Be(HttpStatusCode.NoContent);
        string read = await PythonOracle.RunAsync(
            """
            import sys, optuna
            for name in ("judged", "plain"):
                trial = optuna.load_study(study_name=name, storage=sys.argv[1]).trials[0]
                print(trial.state.name, trial.values, trial.datetime_complete is not None)
            """, Storage);
        read.Trim().ReplaceLineEndings("\n").Should().Be("COMPLETE [1.0, 3.0, 12.5] True\nCOMPLETE [0.5] True");

        async Task<HttpStatusCode> CompleteAsync(string study, params double[] values)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/changes/complete") { Content = JsonContent.Create(new { study, trial = 0, values }) };
            request.Headers.Add("Origin", dashboard.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
            using HttpResponseMessage response = await dashboard.Client.SendAsync(request);
            return response.StatusCode;
        }
    }
}
