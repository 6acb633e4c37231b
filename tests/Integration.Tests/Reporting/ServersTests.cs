using Hpo.Integration.Tests.Trainer;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>A study on a server and its copy in a file are shown alike, whether Optuna made it or NativeTrainer.</summary>
public sealed class ServersTests(ChromiumBrowser browser, DatabaseServer server) : IDisposable
{
    private const string Optunas =
        """
        import math, sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        storage = sys.argv[1]
        violation = lambda trial: (trial.number % 3 - 1.0,)

        def single(trial):
            x = trial.suggest_float("x", 1e-4, 1, log=True)
            kind = trial.suggest_categorical("kind", ["relu", None, 3])
            depth = trial.suggest_int("depth", 1, 9) if kind == "relu" else 0
            trial.set_user_attr("seen", [trial.number, "é😀"])
            for step in range(6):
                trial.report(math.nan if trial.number == 4 and step == 2 else depth + x / (step + 1), step)
            if trial.number in (3, 6):
                raise optuna.TrialPruned
            if trial.number == 5:
                raise ValueError
            return math.inf if trial.number == 7 else x + depth

        def several(trial):
            x, y = trial.suggest_float("x", 0, 1), trial.suggest_float("y", 0, 1)
            return x, (1 - x) * (1 + y), y

        study = optuna.create_study(study_name="single", storage=storage, sampler=optuna.samplers.TPESampler(seed=1, constraints_func=violation))
        study.optimize(single, n_trials=14, catch=ValueError)
        study._storage.set_study_system_attr(study._study_id, "dashboard:note_str:0", "A *note* of the study")
        study._storage.set_study_system_attr(study._study_id, "dashboard:note_ver", 1)
        study.enqueue_trial({"x": 0.5})
        study = optuna.create_study(
            study_name="several", storage=storage, directions=["minimize", "maximize", "minimize"], sampler=optuna.samplers.NSGAIISampler(seed=1, constraints_func=violation))
        study.optimize(several, n_trials=14)
        study._storage.set_study_system_attr(study._study_id, "study:metric_names", ["loss", "accuracy", "time"])
        """;

    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task Pages_of_a_server_and_of_a_file_are_the_same_for_studies_of_Optuna_and_of_ours()
    {
        server.Require();
        string url = server.Url("shown_alike");
        await server.ExecuteAsync("CREATE DATABASE shown_alike CHARACTER SET utf8mb4");
        await PythonOracle.RunAsync(Optunas, url);
        foreach (string study in (string[])["ours", "ours too"])
            await _trainer.JsonAsync("tune", "digits", "--n-trials", "5", "--seed", study == "ours" ? "1" : "2", "--pruner", "median", "--study", study, "--storage", url);
        // Row by row: copy_study reads a trial's parameters in the order in which a server has them.
        await PythonOracle.RunAsync(
            """
            import sys, optuna
            from optuna.storages._rdb.models import BaseModel
            source, target = (optuna.storages.RDBStorage(url).engine for url in sys.argv[1:])
            with source.connect() as read, target.begin() as write:
                for table in BaseModel.metadata.sorted_tables:
                    rows = [dict(row) for row in read.execute(table.select().order_by(*table.primary_key.columns)).mappings()]
                    if rows and table.name != "version_info":
                        write.execute(table.insert(), rows)
            """,
            url, _trainer.Storage);
        await using RunningDashboard ofServer = await RunningDashboard.StartAsync(url, "--importance", "none");
        await using RunningDashboard ofFile = await RunningDashboard.StartAsync(_trainer.Storage, "--importance", "none");

        string[] pages =
        [
            "/", "/study?name=single", "/study?name=single#trial-4", "/study?name=single#trial-14", "/study?name=several", "/study?name=several#trial-2",
            "/study?name=ours", "/study?name=ours#trial-3", "/compare?name=ours&name=ours%20too",
        ];
        foreach (string page in pages)
        {
            string shown = await ShownAsync(ofServer, page), expected = await ShownAsync(ofFile, page);
            shown.Should().Be(expected, page);
        }

        async Task<string> ShownAsync(RunningDashboard dashboard, string path)
        {
            await using OpenedPage page = await browser.OpenAsync(dashboard.Url(path));
            await page.Page.WaitForFunctionAsync("() => document.querySelector('#content').textContent.length > 100");
            await page.DrawnAsync();
            page.Complaints.Should().BeEmpty();
            page.Requests.Should().OnlyContain(request => request.StartsWith(dashboard.Url("/"), StringComparison.Ordinal));
            (await page.SeriousAsync()).Should().BeEmpty();
            string storage = await page.Page.EvaluateAsync<string>("async () => (await (await fetch('/api/studies')).json()).storage");
            return (await page.ShownAsync()).Replace(storage, "the storage", StringComparison.Ordinal);
        }
    }
}
