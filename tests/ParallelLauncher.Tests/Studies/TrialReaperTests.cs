using System.Text.Json;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Studies;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Studies;

/// <summary>Lost trials are failed and retried as Optuna itself does it.</summary>
public class TrialReaperTests(DatabaseServer server)
{
    // Two equal studies, each with a trial whose worker is dead; Optuna's own callback deals with one of them.
    private const string WriteStudies =
        """
        import sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        url = sys.argv[1]
        def make(name):
            study = optuna.create_study(study_name=name, storage=url, sampler=optuna.samplers.RandomSampler(seed=1))
            study.enqueue_trial({"x": 0.25, "kind": "b"}, user_attrs={"tag": [1, None, "ü"]})
            trial = study.ask()
            trial.suggest_float("x", 0, 1)
            trial.suggest_categorical("kind", ["a", "b"])
            trial.suggest_int("n", 1, 9)
            trial.report(0.5, 3)
            study._storage.set_trial_system_attr(trial._trial_id, "hpo:worker", {"run": "r", "worker": 1})
            study.ask().suggest_float("x", 0, 1)
            return study
        make("ours")
        theirs = make("theirs")
        lost = theirs.trials[0]
        theirs._storage.set_trial_state_values(lost._trial_id, state=optuna.trial.TrialState.FAIL)
        optuna.storages.RetryFailedTrialCallback(max_retry=1)(theirs, theirs.trials[0])
        """;

    private const string ReadStudies =
        """
        import json, sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        def tell(name):
            study = optuna.load_study(study_name=name, storage=sys.argv[1])
            trials = [[t.number, t.state.name, sorted(t.params.items()), {k: repr(d) for k, d in t.distributions.items()},
                       t.user_attrs, {k: v for k, v in t.system_attrs.items() if k != "hpo:worker"},
                       t.datetime_start is None, t.datetime_complete is None] for t in study.trials]
            owner = study.trials[-1].system_attrs.get("hpo:worker")
            again = study.ask()
            return trials, owner, [again.number, again.suggest_float("x", 0, 1), again.suggest_categorical("kind", ["a", "b"]), again.suggest_int("n", 1, 9)]
        print(json.dumps([tell("ours"), tell("theirs")], sort_keys=True))
        """;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("mysql")]
    public async Task A_lost_trial_is_failed_and_enqueued_as_Optunas_own_callback_does_it(string dialect)
    {
        using var folder = new TemporaryFolder();
        string url = await StorageAsync(dialect, folder);
        await PythonOracle.RunAsync(WriteStudies, url);
        using StudyDatabase database = StudyDatabase.For(StorageUrl.Parse(url), "ours")!;

        List<LostTrial> failed = await FailOwnedAsync(database, retries: 1);

        failed.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Number = 0, RetriedAs = 2 });
        using var read = JsonDocument.Parse(await PythonOracle.RunAsync(ReadStudies, url));
        JsonElement ours = read.RootElement[0], theirs = read.RootElement[1];
        ours[0].GetRawText().Should().Be(theirs[0].GetRawText());
        ours[2].GetRawText().Should().Be(theirs[2].GetRawText(), "the next trial has the lost one's parameters");
        ours[1].ValueKind.Should().Be(JsonValueKind.Null, "the new trial is nobody's yet");
        (await FailOwnedAsync(database, retries: 1)).Should().BeEmpty("there is nothing left to fail");
    }

    [Fact]
    public async Task A_trial_is_tried_again_only_so_often()
    {
        using var folder = new TemporaryFolder();
        string url = $"sqlite:///{folder.File("s.db")}";
        await PythonOracle.RunAsync(WriteStudies, url);
        using StudyDatabase database = StudyDatabase.For(StorageUrl.Parse(url), "ours")!;
        const string LoseAgain =
            """
            import sys, optuna
            study = optuna.load_study(study_name="ours", storage=sys.argv[1])
            study._storage.set_trial_system_attr(study.ask()._trial_id, "hpo:worker", {"run": "r", "worker": 1})
            """;

        (await FailOwnedAsync(database, retries: 2)).Single().RetriedAs.Should().Be(2);
        await PythonOracle.RunAsync(LoseAgain, url);
        (await FailOwnedAsync(database, retries: 2)).Single().Should().BeEquivalentTo(new { Number = 2, RetriedAs = 3 });
        await PythonOracle.RunAsync(LoseAgain, url);
        (await FailOwnedAsync(database, retries: 2)).Single().RetriedAs.Should().BeNull();
    }

    [Fact]
    public async Task The_best_trial_is_told_with_its_parameters()
    {
        using var folder = new TemporaryFolder();
        string url = $"sqlite:///{folder.File("s.db")}";
        await PythonOracle.RunAsync(
            """
            import math, sys, optuna
            optuna.logging.set_verbosity(optuna.logging.ERROR)
            def objective(trial):
                x = trial.suggest_float("x", 0, 8)
                return [x, trial.suggest_categorical("kind", ["a", True, None]), trial.suggest_int("n", 1, 9)][0]
            for name, direction in (("low", "minimize"), ("high", "maximize")):
                study = optuna.create_study(study_name=name, storage=sys.argv[1], direction=direction)
                for x, kind, n in ((2, "a", 3), (0.5, True, 4), (7.25, None, 5)):
                    study.enqueue_trial({"x": x, "kind": kind, "n": n})
                study.optimize(objective, n_trials=3)
            """, url);

        (await BestAsync("low")).Should().BeEquivalentTo(
            new { Number = 1, Value = 0.5, Parameters = new Dictionary<string, string> { ["x"] = "0.5", ["kind"] = "true", ["n"] = "4" } });
        (await BestAsync("high")).Should().BeEquivalentTo(
            new { Number = 2, Value = 7.25, Parameters = new Dictionary<string, string> { ["x"] = "7.25", ["kind"] = "null", ["n"] = "5" } });

        async Task<BestTrial?> BestAsync(string study)
        {
            using StudyDatabase database = StudyDatabase.For(StorageUrl.Parse(url), study)!;
            await database.PollAsync(TestContext.Current.CancellationToken);
            return await database.ReadBestAsync(TestContext.Current.CancellationToken);
        }
    }

    private static Task<List<LostTrial>> FailOwnedAsync(StudyDatabase database, int retries) =>
        database.FailLostAsync(trial => trial.Owner is not null, retries, DateTime.Now, TestContext.Current.CancellationToken);

    private async Task<string> StorageAsync(string dialect, TemporaryFolder folder)
    {
        if (dialect == "sqlite") return $"sqlite:///{folder.File("s.db")}";
        server.Require();
        await server.ExecuteAsync("CREATE DATABASE reaped CHARACTER SET utf8mb4");
        return server.Url("reaped");
    }
}
