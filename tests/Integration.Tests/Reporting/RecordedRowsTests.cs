using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hpo.Integration.Tests.Trainer;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>
/// The rows that optuna-dashboard 0.20.0 wrote with Optuna 4.1.0: notes by <c>save_note</c>, artifacts by its pages' requests and by
/// <c>upload_artifact</c>, each also removed or overwritten once. Ours reads them, and writes the same.
/// </summary>
public sealed partial class RecordedRowsTests : IDisposable
{
    // The keys of the study and of its second trial in a new database are those of the recorded one, 1 and 2.
    private const string Study =
        """
        import json, sqlite3, sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        study = optuna.create_study(study_name="theirs", storage=sys.argv[1], direction="maximize")
        study.tell(study.ask(), 1.0)
        assert (study._study_id, study.ask()._trial_id) == (1, 2)
        rows = json.loads(sys.argv[2])
        database = sqlite3.connect(sys.argv[1].removeprefix("sqlite:///"))
        for table, owner, key in (("study_system_attributes", "study_id", 1), ("trial_system_attributes", "trial_id", 2)):
            database.executemany(f"INSERT INTO {table} ({owner}, key, value_json) VALUES ({key}, ?, ?)", rows.get(table, []))
        database.commit()
        """;

    private static readonly string StudyNote = "# Study\n\n" + string.Concat(Enumerable.Repeat("äö€", 1000));
    private static readonly string TrialNote = "On the *trial* " + new string('x', 2100);

    private readonly TrainerInFolder _trainer = new();

    private string Storage => $"sqlite:///{_trainer.File("rows.db")}";

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task What_optuna_dashboard_wrote_is_shown()
    {
        await PythonOracle.RunAsync(Study, Storage, RecordedRows.Text);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none");
        JsonElement snapshot = JsonDocument.Parse(await dashboard.SnapshotAsync("theirs")).RootElement;
        Note(snapshot).Should().Be((2, "# Study\n\nshort **now**"));
        Note(snapshot.GetProperty("trials")[1]).Should().Be((1, TrialNote));
        (await ArtifactsAsync(dashboard, "")).Should().Equal("ta ble ü.csv text/csv");
        (await ArtifactsAsync(dashboard, "&trial=1")).Should().Equal("log.json application/json", "plot.png image/png");

        static (int Version, string? Body) Note(JsonElement of) =>
            (of.GetProperty("note").GetProperty("version").GetInt32(), of.GetProperty("note").GetProperty("body").GetString());
    }

    [Fact]
    public async Task What_ours_writes_are_the_rows_that_optuna_dashboard_wrote()
    {
        await PythonOracle.RunAsync(Study, Storage, "{}");
        string folder = Directory.CreateDirectory(_trainer.File("store")).FullName;
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none", "--allow-changes", "--artifacts", folder);
        await ChangeAsync("note", new { study = "theirs", trial = (int?)null, version = 1, body = StudyNote });
        await ChangeAsync("note", new { study = "theirs", trial = (int?)null, version = 2, body = "# Study\n\nshort **now**" });
        await ChangeAsync("note", new { study = "theirs", trial = 1, version = 1, body = TrialNote });
        await UploadAsync("", "ta ble ü.csv");
        await UploadAsync("&trial=1", "plot.png");
        await UploadAsync("&trial=1", "log.json");
        await ChangeAsync("artifact/remove", new { study = "theirs", trial = 1, id = await UploadAsync("&trial=1", "removed.tar.gz") });
        await ChangeAsync("artifact/remove", new { study = "theirs", trial = (int?)null, id = await UploadAsync("", "model.bin") });

        string written = await PythonOracle.RunAsync(
            """
            import json, sqlite3, sys
            database = sqlite3.connect(sys.argv[1].removeprefix("sqlite:///"))
            print(json.dumps({table: database.execute(f"SELECT key, value_json FROM {table}").fetchall() for table in ("study_system_attributes", "trial_system_attributes")}))
            """, Storage);
        foreach (string table in new[] { "study_system_attributes", "trial_system_attributes" })
            Rows(written, table).Should().BeEquivalentTo(Rows(RecordedRows.Text, table), table);
        Directory.GetFiles(folder).Should().HaveCount(3);

        async Task ChangeAsync(string path, object change)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/changes/{path}") { Content = JsonContent.Create(change) };
            await SendAsync(request);
        }

        async Task<string> UploadAsync(string trial, string name)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/changes/artifact/upload?study=theirs{trial}&name={Uri.EscapeDataString(name)}")
            {
                Content = new StringContent("content"),
            };
            await SendAsync(request);
            return JsonDocument.Parse(await dashboard.GetTextAsync($"/api/artifacts?study=theirs{trial}")).RootElement.EnumerateArray()
                .Single(file => file.GetProperty("name").GetString() == name).GetProperty("id").GetString()!;
        }

        async Task SendAsync(HttpRequestMessage request)
        {
            request.Headers.Add("Origin", dashboard.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
            using HttpResponseMessage response = await dashboard.Client.SendAsync(request);
            response.StatusCode.Should().Be(HttpStatusCode.NoContent, await response.Content.ReadAsStringAsync());
        }
    }

    private static async Task<string[]> ArtifactsAsync(RunningDashboard dashboard, string trial) =>
    [
        .. JsonDocument.Parse(await dashboard.GetTextAsync($"/api/artifacts?study=theirs{trial}")).RootElement.EnumerateArray()
            .Select(file => $"{file.GetProperty("name")} {file.GetProperty("type")}"),
    ];

    /// <summary>The rows of a table as text, without the ids of artifacts, which differ each time.</summary>
    private static string[] Rows(string json, string table) =>
    [
        .. JsonDocument.Parse(json).RootElement.GetProperty(table).EnumerateArray()
            // It leaves an attribute of a removed artifact, at which Optuna's get_all_artifact_meta fails; ours removes it.
            .Where(row => row[1].GetString() != "\"null\"")
            // On removal optuna-dashboard also writes to the place that it used before Optuna had artifacts.
            .Where(row => !row[0].GetString()!.StartsWith("dashboard:artifacts:", StringComparison.Ordinal))
            .Select(row => ArtifactId().Replace($"{row[0].GetString()} = {row[1].GetString()}", "id")),
    ];

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex ArtifactId();
}
