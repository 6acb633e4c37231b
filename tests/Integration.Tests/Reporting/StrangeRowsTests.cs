using System.Net;
using System.Text;
using System.Text.Json;
using Hpo.Integration.Tests.Trainer;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>Rows and requests that no program of Optuna's writes: the rest of a study is shown, and an answer says what is wrong.</summary>
public sealed class StrangeRowsTests : IDisposable
{
    private readonly TrainerInFolder _trainer = new();

    private string Storage => $"sqlite:///{_trainer.File("strange.db")}";

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task Choices_at_the_ends_of_time_are_shown()
    {
        await PreferentialStudy.CreateAsync(Storage);
        await PreferentialStudy.RunAsync(
            """
            for time in ("0001-01-01T00:00:00", "9999-12-31T23:59:59"):
                attribute(load(), "preference:history" + time, json.dumps({"mode": "ChooseWorst", "timestamp": time, "clicked": 1, "candidates": [0, 1], "preferences": []}))
            """,
            Storage);
        foreach (string zone in new[] { "Europe/Berlin", "America/New_York" })
        {
            await using RunningDashboard dashboard = await RunningDashboard.StartInAsync(zone, Storage, "--importance", "none");
            JsonElement choices = (await PreferentialStudy.SnapshotAsync(dashboard)).GetProperty("preferential").GetProperty("choices");
            choices.GetArrayLength().Should().Be(2, zone);
        }
    }

    [Fact]
    public async Task Trials_of_the_same_number_leave_a_preferential_study_to_be_shown()
    {
        await PreferentialStudy.CreateAsync(Storage);
        await PreferentialStudy.RunAsync(
            """
            import sqlite3
            with sqlite3.connect(sys.argv[2]) as connection:
                connection.execute("UPDATE trials SET number = 1 WHERE number = 2")
            """,
            Storage, _trainer.File("strange.db"));
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none", "--allow-changes");
        (await PreferentialStudy.SnapshotAsync(dashboard)).GetProperty("preferential").GetProperty("candidates").GetArrayLength().Should().Be(3);

        (HttpStatusCode status, string answer) = await PreferentialStudy.ChooseAsync(dashboard, 0, 0, 1);
        answer.Should().Contain("The study has no trial 1");
        status.Should().Be(HttpStatusCode.NotFound);
        (await PreferentialStudy.ChooseAsync(dashboard, 0, 0, 3)).Status.Should().Be(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_form_asks_once_for_an_attribute_and_takes_whole_letters()
    {
        await PreferentialStudy.CreateAsync(Storage);
        await PreferentialStudy.RunAsync(
            """
            attribute(load(), "dashboard:form_widgets:v2", {"output_type": "user_attr", "widgets": [
                {"type": "text", "user_attr_key": "why"}, {"type": "slider", "min": 1, "max": 2, "user_attr_key": "why"}]})
            """,
            Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none", "--allow-changes");
        (await PreferentialStudy.SnapshotAsync(dashboard)).GetProperty("form").GetProperty("widgets").GetArrayLength().Should().Be(1);
        (await SendAsync(dashboard, """{"study": "<b>liked</b>", "trial": 0, "fields": {"why": "x"}}""")).Status.Should().Be(HttpStatusCode.NoContent);

        (HttpStatusCode status, string answer) = await SendAsync(dashboard, """{"study": "<b>liked</b>", "trial": 0, "fields": {"why": "\ud800"}}""");
        answer.Should().Contain("'why' is a text of 1 to 10000 letters");
        status.Should().Be(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_answer_says_what_is_wrong_with_a_request()
    {
        await PreferentialStudy.CreateAsync(Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none", "--allow-changes");
        (string Body, string Why)[] requests =
        [
            ("""{"study": "plain", "trial": 0}""", "fields"), ("""{"study": null, "trial": 0, "fields": {}}""", "study"), ("""{"study": "plain", "trial": NaN, "fields": {}}""", "$.trial"),
            ("null", "body"), ("", "body"), ("[", "JSON"),
        ];
        foreach ((string body, string why) in requests)
        {
            (HttpStatusCode status, string answer) = await SendAsync(dashboard, body);
            status.Should().Be(HttpStatusCode.BadRequest, body);
            answer.Should().Contain(why, body);
        }
        dashboard.Messages.Should().NotContain(line => line.Contains("error", StringComparison.Ordinal));
    }

    private static async Task<(HttpStatusCode Status, string Answer)> SendAsync(RunningDashboard dashboard, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/changes/form") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Origin", dashboard.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using HttpResponseMessage response = await dashboard.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
