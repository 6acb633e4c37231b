using System.Net;
using System.Text;
using System.Text.Json;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>A preferential study as optuna-dashboard's create_study and save_note leave it: four trials that run, with notes.</summary>
internal static class PreferentialStudy
{
    public const string Name = "<b>liked</b>";

    // What the functions of optuna-dashboard 0.20.0 do to a storage, for the scripts of the tests.
    private const string Functions =
        """
        import json, sys, optuna
        from optuna.trial import TrialState
        optuna.logging.set_verbosity(optuna.logging.ERROR)

        def attributes(study):
            return study._storage.get_study_system_attrs(study._study_id)

        def attribute(study, key, value):
            study._storage.set_study_system_attr(study._study_id, key, value)

        def note(study, trial, text):
            attribute(study, f"dashboard:{trial._trial_id}:note_ver", 1)
            attribute(study, f"dashboard:{trial._trial_id}:note_str:0", text)

        def load():
            return optuna.load_study(study_name="<b>liked</b>", storage=sys.argv[1], sampler=optuna.samplers.RandomSampler(seed=7))

        """;

    private const string Creation =
        """
        study = optuna.create_study(study_name="<b>liked</b>", storage=sys.argv[1], sampler=optuna.samplers.RandomSampler(seed=1))
        attribute(study, "preference:is_preferential", True)
        attribute(study, "preference:n_generate", 4)
        for number in range(4):
            trial = study.ask()
            trial.suggest_float("<i>x</i>", 0, 1)
            note(study, trial, f"**Taste {number}** <script>document.title='hacked'</script>")
        plain = optuna.create_study(study_name="plain", storage=sys.argv[1], sampler=optuna.samplers.RandomSampler(seed=1))
        plain.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=2)
        """;

    // As PreferentialStudy's properties and should_generate read it.
    private const string Reading =
        """
        study = load()
        attrs, trials = attributes(study), study.trials
        pairs = [tuple(pair) for key, pairs in attrs.items() if key.startswith("preference:values") for pair in pairs]
        worse = {worse for _, worse in pairs}
        skipped = {trial.number for trial in trials if f"preference:skip_trial:{trial._trial_id}" in attrs}
        best = sorted({better for better, _ in pairs} - worse - skipped)
        active = [trial for trial in trials if trial.state in (TrialState.COMPLETE, TrialState.RUNNING) and trial.number not in worse | skipped]
        print("preferences", sorted(pairs))
        print("best", best, "should generate", len(active) < attrs["preference:n_generate"])
        print("trials", [(trial.state.name, trial.values, trial.datetime_complete is not None) for trial in trials])
        histories = [(key, json.loads(value)) for key, value in attrs.items() if key.startswith("preference:history")]
        for key, history in sorted(histories, key=lambda pair: pair[1]["timestamp"]):
            assert list(history) == ["mode", "id", "timestamp", "candidates", "clicked", "preferences"] and key.endswith(history["id"]), history
            counted = attrs["preference:values" + history["id"]]
            assert counted in ([], history["preferences"]), counted
            print("history", history["mode"], history["candidates"], history["clicked"], history["preferences"], counted == [])
        """;

    public static Task<string> CreateAsync(string storage) => RunAsync(Creation, storage);

    /// <summary>Runs a script that has the functions above.</summary>
    public static Task<string> RunAsync(string script, params string[] arguments) => PythonOracle.RunAsync(Functions + script, arguments);

    /// <summary>What Python reads.</summary>
    public static async Task<string[]> ReadAsync(string storage) => (await RunAsync(Reading, storage)).Trim().ReplaceLineEndings("\n").Split('\n');

    public static Task<(HttpStatusCode Status, string Answer)> ChooseAsync(RunningDashboard dashboard, int worst, params int[] candidates) =>
        ChangeAsync(dashboard, "preference/worst", new { study = Name, candidates, worst });

    /// <summary>Asks for a change as the dashboard's own page does.</summary>
    public static Task<(HttpStatusCode Status, string Answer)> ChangeAsync(RunningDashboard dashboard, string path, object change) =>
        ChangeAsync(dashboard, path, change, dashboard.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));

    public static async Task<(HttpStatusCode Status, string Answer)> ChangeAsync(RunningDashboard dashboard, string path, object change, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/changes/{path}")
        {
            Content = new StringContent(JsonSerializer.Serialize(change), Encoding.UTF8, "application/json"),
        };
        if (origin is not null) request.Headers.Add("Origin", origin);
        using HttpResponseMessage response = await dashboard.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>What the dashboard shows of the study.</summary>
    public static async Task<JsonElement> SnapshotAsync(RunningDashboard dashboard, string query = "") =>
        JsonDocument.Parse(await dashboard.GetTextAsync($"/api/shown?name={Uri.EscapeDataString(Name)}{query}")).RootElement;
}
