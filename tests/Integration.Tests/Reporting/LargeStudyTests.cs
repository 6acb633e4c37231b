using System.Text.Json.Nodes;
using Hpo.Integration.Tests.Trainer;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>A page that follows a study is sent what changed, and shows the same as one that is opened anew.</summary>
public sealed class LargeStudyTests(ChromiumBrowser browser) : IDisposable
{
    // The study that scripts/bench dashboard measures with.
    private static readonly string Script = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "python", "dashboard.py"));

    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task An_update_brings_the_new_trial_and_its_size_does_not_grow_with_the_study()
    {
        int small = await UpdateSizeAsync("small.db", 50), large = await UpdateSizeAsync("large.db", 2000);
        large.Should().BeCloseTo(small, 200);
    }

    private async Task<int> UpdateSizeAsync(string file, int trials)
    {
        string path = _trainer.File(file);
        await PythonOracle.RunAsync(Script, "make", path, $"{trials}", "10");
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync($"sqlite:///{path}", "--importance", "none");
        JsonNode whole = JsonNode.Parse(await dashboard.GetTextAsync("/api/shown?name=large"))!;
        whole["trials"]!.AsArray().Should().HaveCount(trials);
        whole["since"].Should().BeNull();

        await PythonOracle.RunAsync(Script, "add", path, "1", "10");
        string text = await UpdateAsync(dashboard, whole);
        JsonNode update = JsonNode.Parse(text)!;
        update["since"]!.GetValue<long>().Should().Be(Version(whole));
        Numbers(update).Should().Equal(trials);
        update["trials"]![0]!["intermediate"]!.AsArray().Should().HaveCount(10);
        // What has not changed since is not sent again.
        Numbers(JsonNode.Parse(await dashboard.GetTextAsync($"/api/shown?name=large&since={Version(update)}"))!).Should().BeEmpty();
        return text.Length;
    }

    [Fact]
    public async Task Curves_that_no_plot_draws_are_left_out_and_come_when_they_are_asked_for()
    {
        string path = _trainer.File("curves.db");
        await PythonOracle.RunAsync(Script, "make", path, "2000", "10");
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync($"sqlite:///{path}", "--importance", "none");
        JsonArray trials = JsonNode.Parse(await dashboard.GetTextAsync("/api/shown?name=large"))!["trials"]!.AsArray();
        JsonNode left = trials[1]!;
        left["intermediate"].Should().BeNull();
        JsonArray curve = JsonNode.Parse(await dashboard.GetTextAsync("/api/trial?name=large&number=1"))!["trials"]![0]!["intermediate"]!.AsArray();
        curve.Should().HaveCount(left["steps"]!.GetValue<int>());
        curve[^1]![1]!.GetValue<double>().Should().Be(left["last"]!.GetValue<double>());

        await using OpenedPage page = await browser.OpenAsync($"{dashboard.StudyUrl("large")}#trial-1");
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('[aria-label=\"Values by step\"] tbody tr').length === 10");
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task A_page_that_followed_shows_what_a_new_one_shows()
    {
        string path = _trainer.File("followed.db");
        await PythonOracle.RunAsync(Script, "make", path, "1020", "10");
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync($"sqlite:///{path}", "--importance", "none");
        await using OpenedPage followed = await browser.OpenAsync(dashboard.StudyUrl("large"));
        await CountAsync(followed, 1020);
        for (int trial = 1021; trial <= 1025; trial++)
        {
            await PythonOracle.RunAsync(Script, "add", path, "1", "10");
            await CountAsync(followed, trial);
        }
        followed.Requests.Should().Contain(url => url.Contains("since=", StringComparison.Ordinal));

        await using OpenedPage opened = await browser.OpenAsync(dashboard.StudyUrl("large"));
        await CountAsync(opened, 1025);
        (await followed.ShownAsync()).Should().Be(await opened.ShownAsync());
        followed.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_added_to_what_a_page_has_comes_whole()
    {
        const string Change =
            """
            import sys, optuna
            from optuna.trial import create_trial
            storage, action = optuna.storages.RDBStorage(sys.argv[1]), sys.argv[2]
            if action == "again":
                optuna.delete_study(study_name="delta", storage=storage)
            study = optuna.create_study(study_name="delta", storage=storage, load_if_exists=True)
            space = optuna.distributions.FloatDistribution(0, 1)
            if action == "note":
                storage.set_study_system_attr(study._study_id, f"dashboard:{study.trials[0]._trial_id}:note_ver", 1)
                storage.set_study_system_attr(study._study_id, f"dashboard:{study.trials[0]._trial_id}:note_str:0", "Seen")
            else:
                names = ["x", "y"] if action == "parameter" else ["x"]
                study.add_trial(create_trial(value=1.0, params=dict.fromkeys(names, 0.5), distributions=dict.fromkeys(names, space)))
            """;
        string storage = $"sqlite:///{_trainer.File("delta.db")}";
        await PythonOracle.RunAsync(Change, storage, "trial");
        JsonNode known;
        await using (RunningDashboard dashboard = await RunningDashboard.StartAsync(storage, "--importance", "none"))
        {
            known = JsonNode.Parse(await dashboard.GetTextAsync("/api/shown?name=delta"))!;
            foreach ((string action, int trials) in new[] { ("parameter", 2), ("note", 2), ("again", 1) })
            {
                await PythonOracle.RunAsync(Change, storage, action);
                JsonNode whole = JsonNode.Parse(await UpdateAsync(dashboard, known))!;
                whole["since"].Should().BeNull(action);
                whole["trials"]!.AsArray().Should().HaveCount(trials, action);
                known = whole;
            }
            Whole(await dashboard.GetTextAsync("/api/shown?name=delta&since=99999999999999")).Should().BeTrue("no such version was ever made");
        }
        await using RunningDashboard restarted = await RunningDashboard.StartAsync(storage, "--importance", "none");
        Whole(await restarted.GetTextAsync($"/api/shown?name=delta&since={Version(known)}")).Should().BeTrue("the server knows of no version before its own");
    }

    private static bool Whole(string snapshot) => JsonNode.Parse(snapshot)!["since"] is null;

    private static long Version(JsonNode snapshot) => snapshot["version"]!.GetValue<long>();

    private static IEnumerable<int> Numbers(JsonNode snapshot) => snapshot["trials"]!.AsArray().Select(trial => trial!["number"]!.GetValue<int>());

    /// <summary>What is sent to a page with a snapshot, once the server, which reads the storage now and then, has news.</summary>
    private static async Task<string> UpdateAsync(RunningDashboard dashboard, JsonNode known)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            string text = await dashboard.GetTextAsync($"/api/shown?name={known["name"]}&since={known["version"]}");
            JsonNode news = JsonNode.Parse(text)!;
            if (news["since"] is null || news["trials"]!.AsArray().Count > 0) return text;
        }
    }

    private static Task CountAsync(OpenedPage page, int trials) => page.Page.WaitForFunctionAsync(
        "count => document.querySelector('.tile .value')?.textContent === count.toLocaleString('en')", trials);
}
