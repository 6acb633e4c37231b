using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hpo.Integration.Tests.Trainer;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>
/// The rows of a preferential study that optuna-dashboard 0.20.0 wrote with Optuna 4.1.0, by its functions and by its pages' requests: three
/// choices, of which one was taken back and one also restored, a skipped trial, and a study's form that was filled in. Ours reads them, and writes the same.
/// </summary>
public sealed partial class RecordedPreferencesTests : IDisposable
{
    // The keys in a new database are those of the recorded one: studies 1 and 2, trials 1 to 6 and 7.
    private const string Studies =
        """
        import json, sqlite3, sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        theirs, formed = (optuna.create_study(study_name=name, storage=sys.argv[1], sampler=optuna.samplers.RandomSampler(seed=1)) for name in ("theirs", "formed"))
        for _ in range(6):
            theirs.ask().suggest_float("x", 0, 1)
        assert (theirs._study_id, formed._study_id, formed.ask()._trial_id) == (1, 2, 7)
        recorded = json.loads(sys.argv[2])
        with sqlite3.connect(sys.argv[1].removeprefix("sqlite:///")) as database:
            add = "INSERT INTO study_system_attributes (study_id, key, value_json) VALUES (?, ?, ?)"
            database.executemany(add, [(1, *row) for row in recorded["study_system_attributes"] if sys.argv[3] == "all" or not row[0].startswith(("preference:values", "preference:history", "preference:skip", "preference:component"))])
            database.executemany(add, [(2, *row) for row in recorded["form"]])
            if sys.argv[3] == "all":
                database.executemany("UPDATE trials SET state = ?, datetime_complete = CASE ? WHEN 1 THEN datetime_start END WHERE study_id = 1 AND number = ?", [(state, ended, number) for number, state, ended in recorded["trials"]])
                database.executemany("INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES (?, ?, ?, ?)", recorded["trial_values"])
        """;

    private readonly TrainerInFolder _trainer = new();

    private string Storage => $"sqlite:///{_trainer.File("rows.db")}";

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task What_optuna_dashboard_wrote_is_shown()
    {
        await PythonOracle.RunAsync(Studies, Storage, Recorded(), "all");
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none");
        JsonElement theirs = JsonDocument.Parse(Recorded()).RootElement.GetProperty("read");
        JsonElement snapshot = JsonDocument.Parse(await dashboard.SnapshotAsync("theirs")).RootElement;
        JsonElement ours = snapshot.GetProperty("preferential");

        Text(ours.GetProperty("pairs")).Should().Be(Text(theirs.GetProperty("preferences")));
        Text(snapshot.GetProperty("best")).Should().Be(Text(theirs.GetProperty("best")));
        Text(ours.GetProperty("skipped")).Should().Be(Text(theirs.GetProperty("skipped")));
        ours.GetProperty("choices").EnumerateArray().Select(choice =>
            $"[{choice.GetProperty("worst")},{choice.GetProperty("candidates")},{choice.GetProperty("isTakenBack").ToString().ToLowerInvariant()}]")
            .Should().Equal(theirs.GetProperty("history").EnumerateArray().Select(Text));
        ours.GetProperty("wanted").GetInt32().Should().Be(4);
        ours.GetProperty("artifactKey").GetString().Should().Be("picture");
        // By the rule of should_generate: three of the four that are wanted are there.
        ours.GetProperty("candidates").EnumerateArray().Select(candidate => candidate.GetProperty("trial").GetInt32()).Should().Equal(0, 3, 5);
        theirs.GetProperty("should_generate").GetBoolean().Should().BeTrue();
        Text(JsonDocument.Parse(await dashboard.SnapshotAsync("formed")).RootElement.GetProperty("form")).Should().Be(
            """{"output":"user_attr","widgets":[{"type":"choice","key":"hitl/choice","description":"Looks","choices":["Good \uD83D\uDC4D","Bad \uD83D\uDC4E"],"values":[-1,1.5],"optional":false},{"type":"slider","key":"hitl/slider","description":"Noise","min":1,"max":10,"step":0.5,"labels":[{"value":1,"text":"low"},{"value":10,"text":"high"}],"optional":false},{"type":"text","key":"hitl/text","description":"Why?","optional":true},{"type":"text","key":"hitl/name","optional":false}]}""");
    }

    [Fact]
    public async Task What_ours_writes_are_the_rows_that_optuna_dashboard_wrote()
    {
        await PythonOracle.RunAsync(Studies, Storage, Recorded(), "notes");
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none", "--allow-changes");
        await ChangeAsync("preference/worst", new { study = "theirs", candidates = new[] { 0, 1, 2, 3 }, worst = 2 });
        await ChangeAsync("preference/worst", new { study = "theirs", candidates = new[] { 0, 1, 3 }, worst = 0 });
        await ChangeAsync("preference/take-back", new { study = "theirs", choice = await LastChoiceAsync() });
        await ChangeAsync("preference/worst", new { study = "theirs", candidates = new[] { 0, 1, 3 }, worst = 1 });
        await ChangeAsync("preference/take-back", new { study = "theirs", choice = await LastChoiceAsync() });
        await ChangeAsync("preference/restore", new { study = "theirs", choice = await LastChoiceAsync() });
        await ChangeAsync("preference/skip", new { study = "theirs", trial = 4 });
        await ChangeAsync("preference/judged-by", new { study = "theirs", artifactKey = "picture" });
        await ChangeAsync("form", new
        {
            study = "formed",
            trial = 0,
            fields = new Dictionary<string, object> { ["hitl/name"] = "Zoë \"x\"", ["hitl/choice"] = -1, ["hitl/slider"] = 2.5, ["hitl/text"] = "" },
        });

        string written = await PythonOracle.RunAsync(
            """
            import json, sqlite3, sys
            database = sqlite3.connect(sys.argv[1].removeprefix("sqlite:///"))
            rows = lambda sql: database.execute(sql).fetchall()
            print(json.dumps({
                "study_system_attributes": rows("SELECT key, value_json FROM study_system_attributes WHERE study_id = 1"),
                "trials": rows("SELECT number, state, datetime_complete IS NOT NULL FROM trials WHERE study_id = 1 ORDER BY number"),
                "trial_values": rows("SELECT trial_id, objective, value, value_type FROM trial_values ORDER BY trial_id"),
                "trial_user_attributes": rows("SELECT key, value_json FROM trial_user_attributes"),
            }))
            """, Storage);
        foreach (string table in new[] { "study_system_attributes", "trials", "trial_values", "trial_user_attributes" })
            Rows(written, table).Should().BeEquivalentTo(Rows(Recorded(), table), table);

        async Task ChangeAsync(string path, object change)
        {
            (HttpStatusCode status, string answer) = await PreferentialStudy.ChangeAsync(dashboard, path, change);
            status.Should().Be(HttpStatusCode.NoContent, answer);
        }

        async Task<string> LastChoiceAsync() => (await PythonOracle.RunAsync(
            """
            import json, sys, optuna
            study = optuna.load_study(study_name="theirs", storage=sys.argv[1])
            attrs = study._storage.get_study_system_attrs(study._study_id)
            print(max((json.loads(value) for key, value in attrs.items() if key.startswith("preference:history")), key=lambda history: history["timestamp"])["id"])
            """, Storage)).Trim();
    }

    private static string Text(JsonElement element) => JsonSerializer.Serialize(element);

    /// <summary>The rows of a table as text, without the ids and times of choices, which differ each time.</summary>
    private static string[] Rows(string json, string table) =>
    [
        .. JsonDocument.Parse(json).RootElement.GetProperty(table).EnumerateArray().Select(row => Time().Replace(Id().Replace(
            string.Join(" | ", row.EnumerateArray().Select(cell => cell.ToString())), "id"), "time")),
    ];

    private static string Recorded()
    {
        using Stream stream = typeof(RecordedPreferencesTests).Assembly.GetManifestResourceStream("optuna-dashboard-0.20-preferences.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?")]
    private static partial Regex Time();
}
