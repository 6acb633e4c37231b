using System.Globalization;
using System.Text.Json;
using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Studies;
using Hpo.Tests;
using Microsoft.Data.Sqlite;

namespace Hpo.ParallelLauncher.Tests.Studies;

/// <summary>The readers against studies that pure Python wrote.</summary>
public class StudyDatabaseTests(DatabaseServer server)
{
    private const string RunOwnedTrial =
        """
        import sys, optuna
        for name in sys.argv[2:]:
            study = optuna.create_study(study_name=name, storage=sys.argv[1], load_if_exists=True)
            trial = study.ask()
            study._storage.set_trial_system_attr(trial._trial_id, "hpo:worker", {"run": "r", "worker": 1})
            study.tell(trial, 1.5)
        """;

    private const string WriteStudies =
        """
        import math, sys, optuna
        from optuna.trial import create_trial, TrialState
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        url = sys.argv[1]
        def make(name, directions, values):
            study = optuna.create_study(study_name=name, storage=url, directions=directions)
            for value in values:
                study.add_trial(create_trial(values=value if isinstance(value, list) else [value]))
            return study
        study = make("lowest", ["minimize"], [3.5, -1.25, 2.0])
        study.add_trial(create_trial(state=TrialState.PRUNED, value=-9.0))
        study.add_trial(create_trial(state=TrialState.FAIL))
        study.enqueue_trial({})
        study.enqueue_trial({})
        study.ask()
        make("highest", ["maximize"], [3.5, -1.25])
        make("infinite", ["maximize"], [1.0, math.inf, -math.inf])
        make("sunk", ["maximize"], [-math.inf])
        make("several", ["minimize", "maximize"], [[1.0, 2.0], [3.0, 4.0]])
        make("empty", ["maximize"], [])
        def constrain(name, direction, trials):
            study = optuna.create_study(study_name=name, storage=url, directions=[direction])
            for value, attrs in trials:
                study.add_trial(create_trial(value=value, system_attrs=attrs))
        for name, direction in (("constrained", "maximize"), ("constrained low", "minimize")):
            constrain(name, direction, [
            (9.0, {"constraints": [1]}), (8.0, {"constraints": [0, 0.5]}), (7.0, {"constraints:cost": 1}), (6.5, {"constraints": [math.nan]}),
            (6.0, {"constraints": [0, -1], "constraints:cost": 0}), (5.0, {"constraints": []}), (4.0, {})])
        constrain("infeasible", "minimize", [(1.0, {"constraints": [2]}), (2.0, {"constraints": [0.5]})])
        """;

    // Each step leaves some trials open, and ends some that an earlier step left open.
    private const string GoOn =
        """
        import json, random, sys, optuna
        from optuna.trial import TrialState
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        draw = random.Random(int(sys.argv[2]))
        study = optuna.create_study(study_name="s", storage=sys.argv[1], load_if_exists=True)
        storage = study._storage
        for _ in range(4):
            study.enqueue_trial({})
        for _ in range(12):
            study.ask()
        for trial in storage.get_all_trials(study._study_id):
            if trial.state == TrialState.RUNNING and draw.random() < 0.6:
                state = draw.choice([TrialState.COMPLETE, TrialState.PRUNED, TrialState.FAIL])
                values = [draw.uniform(-1, 1)] if state == TrialState.COMPLETE else None
                storage.set_trial_state_values(trial._trial_id, state, values)
        found = optuna.storages.RDBStorage(sys.argv[1])  # one without what Optuna has cached
        counts = [found.get_n_trials(study._study_id, state) for state in TrialState]
        print(json.dumps({"counts": counts, "best": found.get_best_trial(study._study_id).value}))
        """;

    [Fact]
    public async Task Optunas_sqlite_studies_are_read()
    {
        using var folder = new TemporaryFolder();
        await CheckAsync($"sqlite:///{folder.File("study with space.db")}");
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("mysql+pymysql")]
    public async Task Optunas_mysql_studies_are_read(string scheme)
    {
        server.Require();
        string database = "progress_" + scheme.Replace('+', '_');
        await server.ExecuteAsync($"CREATE DATABASE {database} CHARACTER SET utf8mb4");
        await CheckAsync(server.Url(database, scheme: scheme));
    }

    [Fact]
    public async Task Owned_trials_since_the_first_poll_are_reported_of_a_study_that_came_after_it_too()
    {
        using var folder = new TemporaryFolder();
        string url = $"sqlite:///{folder.File("s.db")}";
        await PythonOracle.RunAsync(RunOwnedTrial, url, "early");
        using StudyDatabase early = StudyDatabase.For(StorageUrl.Parse(url), "early")!, late = StudyDatabase.For(StorageUrl.Parse(url), "late")!;
        (await early.PollAsync(TestContext.Current.CancellationToken))!.Trials.Should().BeEmpty("it is another run's");
        (await late.PollAsync(TestContext.Current.CancellationToken)).Should().BeNull();

        await PythonOracle.RunAsync(RunOwnedTrial, url, "early", "late");

        (await early.PollAsync(TestContext.Current.CancellationToken))!.Trials.Should().ContainSingle().Which.Number.Should().Be(1);
        (await late.PollAsync(TestContext.Current.CancellationToken))!.Trials.Should().ContainSingle().Which.Number.Should().Be(0);
    }

    [Fact]
    public async Task What_a_study_held_before_is_told_of_no_worker_though_the_first_look_failed()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("s.db");
        await PythonOracle.RunAsync(RunOwnedTrial, $"sqlite:///{file}", "s");
        using StudyDatabase database = StudyDatabase.For(StorageUrl.Parse($"sqlite:///{file}"), "s")!;
        await using (var writer = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await writer.OpenAsync(TestContext.Current.CancellationToken);
            await new SqliteCommand("BEGIN EXCLUSIVE", writer).ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            Func<Task> poll = () => database.PollAsync(TestContext.Current.CancellationToken);
            (await poll.Should().ThrowAsync<TableException>("another process has locked the file")).Which.IsTransient.Should().BeTrue();
        }

        (await database.PollAsync(TestContext.Current.CancellationToken))!.Trials.Should().BeEmpty("they are another run's");
    }

    [Fact]
    public async Task Looks_that_read_what_has_changed_count_as_Optuna_does()
    {
        using var folder = new TemporaryFolder();
        string url = $"sqlite:///{folder.File("s.db")}";
        StudyDatabase database = StudyDatabase.For(StorageUrl.Parse(url), "s")!;
        using (database)
        {
            for (int step = 0; step < 4; step++)
            {
                using var told = JsonDocument.Parse(await PythonOracle.RunAsync(GoOn, url, step.ToString(CultureInfo.InvariantCulture)));
                StudyProgress polled = (await database.PollAsync(TestContext.Current.CancellationToken))!;
                TrialCounts counts = polled.Counts;
                new[] { counts.Running, counts.Complete, counts.Pruned, counts.Failed, counts.Waiting }
                    .Should().Equal(told.RootElement.GetProperty("counts").EnumerateArray().Select(count => count.GetInt32()));
                polled.BestValue.Should().Be(told.RootElement.GetProperty("best").GetDouble());
            }
        }
    }

    [Fact]
    public void Another_dialect_has_no_reader()
    {
        StudyDatabase.For(StorageUrl.Parse("postgresql://u:p@h/d"), "s").Should().BeNull();
    }

    private static async Task CheckAsync(string url)
    {
        await PythonOracle.RunAsync(WriteStudies, url);

        var lowest = await ReadAsync(url, "lowest");
        lowest!.Directions.Should().Equal(StudyDirection.Minimize);
        lowest.BestValue.Should().Be(-1.25);
        lowest.Counts.Should().Be(new TrialCounts(Complete: 3, Pruned: 1, Failed: 1, Running: 1, Waiting: 1));

        (await ReadAsync(url, "highest"))!.BestValue.Should().Be(3.5);
        (await ReadAsync(url, "infinite"))!.BestValue.Should().Be(double.PositiveInfinity);
        (await ReadAsync(url, "sunk"))!.BestValue.Should().Be(double.NegativeInfinity);
        var constrained = await ReadAsync(url, "constrained");
        constrained!.BestValue.Should().Be(6);
        (constrained.Reaches(6.5), constrained.Reaches(6)).Should().Be((false, true));
        (await BestAsync(url, "constrained"))!.Number.Should().Be(4);
        (await BestAsync(url, "constrained low"))!.Number.Should().Be(6);
        (await ReadAsync(url, "infeasible"))!.BestValue.Should().BeNull();
        (await BestAsync(url, "infeasible")).Should().BeNull();
        var several = await ReadAsync(url, "several");
        several!.Directions.Should().Equal(StudyDirection.Minimize, StudyDirection.Maximize);
        several.BestValue.Should().BeNull();
        (await ReadAsync(url, "empty"))!.Counts.Should().Be(new TrialCounts(0, 0, 0, 0, 0));
        (await ReadAsync(url, "unknown")).Should().BeNull();
    }

    private static async Task<BestTrial?> BestAsync(string url, string study)
    {
        using StudyDatabase database = StudyDatabase.For(StorageUrl.Parse(url), study)!;
        await database.PollAsync(TestContext.Current.CancellationToken);
        return await database.ReadBestAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<StudyProgress?> ReadAsync(string url, string study)
    {
        using StudyDatabase progress = StudyDatabase.For(StorageUrl.Parse(url), study)!;
        return await progress.PollAsync(TestContext.Current.CancellationToken);
    }
}
