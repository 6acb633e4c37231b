using System.Diagnostics;
using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;
using Hpo.Tests;

namespace Hpo.Interop.Tests;

/// <summary>Studies in every kind of storage, and what goes wrong with storages.</summary>
public sealed class StorageTests(DatabaseServer server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds =>
        ["memory", "sqlite", "journal", "journal-open-lock", "mysql", "mysql+mysqldb", "mysql+pymysql", "native"];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_study_is_kept_and_loaded_again(string kind)
    {
        Storage storage = await NewStorageAsync(kind, "kept");
        using (Study study = Study.Create(new StudyOptions
        {
            Name = "kept",
            Storage = storage,
            Direction = StudyDirection.Maximize,
            Sampler = new RandomSampler { Seed = 3 },
        }))
        {
            study.SetUserAttr("note", "Grüße");
            study.Optimize(
                trial =>
                {
                    double x = trial.SuggestFloat("x", 0, 1);
                    string c = trial.SuggestCategorical("c", "a", "b");
                    trial.Report(x, 0);
                    trial.SetUserAttr("choice", c);
                    return trial.Number == 2 ? double.PositiveInfinity : x;
                },
                5);
        }

        using Study loaded = Study.Load("kept", storage);
        loaded.Direction.Should().Be(StudyDirection.Maximize);
        loaded.UserAttrs.Should().Contain("note", "Grüße");
        loaded.Trials.Should().HaveCount(5).And.OnlyContain(trial =>
            trial.State == TrialState.Complete && trial.IntermediateValues.Count == 1
            && trial.Params["c"]!.Equals(trial.UserAttrs["choice"]));
        loaded.Trials[2].Value.Should().Be(double.PositiveInfinity);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_study_is_created_twice_only_on_request(string kind)
    {
        Storage storage = await NewStorageAsync(kind, "twice");
        var options = new StudyOptions { Name = "twice", Storage = storage, Direction = StudyDirection.Maximize };
        Study.Create(options).Dispose();

        FluentActions.Invoking(() => Study.Create(options)).Should().Throw<DuplicatedStudyException>().WithMessage("*twice*LoadIfExists*");
        using Study again = Study.Create(options with { LoadIfExists = true });
        again.Name.Should().Be("twice");
        using Study undirected = Study.Create(new StudyOptions { Name = "twice", Storage = storage, LoadIfExists = true });
        undirected.Direction.Should().Be(StudyDirection.Maximize);
        FluentActions.Invoking(() => Study.Create(options with { Direction = StudyDirection.Minimize, LoadIfExists = true }))
            .Should().Throw<DirectionMismatchException>().WithMessage("*'twice'*maximize*minimize*");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_unknown_study_is_an_error_that_names_the_known_ones(string kind)
    {
        Storage storage = await NewStorageAsync(kind, "unknown");
        Study.Create(new StudyOptions { Name = "known", Storage = storage }).Dispose();

        FluentActions.Invoking(() => Study.Load("unknown", storage)).Should().Throw<StudyNotFoundException>()
            .WithMessage("*'unknown'*known*").Which.Names.Should().Equal("known");
        FluentActions.Invoking(() => Study.Delete("unknown", storage)).Should().Throw<StudyNotFoundException>();
        Study.Delete("known", storage);
        Study.GetAllStudyNames(storage).Should().BeEmpty();
    }

    [Fact]
    public void A_wrong_password_is_a_storage_error_that_does_not_show_it()
    {
        server.Require();
        StorageException error = FluentActions
            .Invoking(() => Study.Create(new StudyOptions { Storage = server.Url("kept", password: "guess-4711") }))
            .Should().Throw<StorageException>().Which;
        error.Message.Should().Contain("1045");
        error.ToString().Should().NotContain("4711");
    }

    [Fact]
    public void An_unreachable_server_is_a_storage_error() =>
        FluentActions.Invoking(() => Study.Create(new StudyOptions { Storage = "mysql://root@127.0.0.1:1/none" }))
            .Should().Throw<StorageException>();

    [Fact]
    public void The_native_storage_tells_in_words_what_is_wrong_with_its_server()
    {
        server.Require();
        Opening(server.Url("kept", password: "guess-4711")).WithMessage("*wrong user or password*")
            .Which.ToString().Should().NotContain("4711");
        Opening(server.Url("not_there")).WithMessage("*'not_there' does not exist*CREATE DATABASE*");
        Opening("mysql://root@127.0.0.1:1/none").WithMessage("*No MySQL or MariaDB server answers*");

        static FluentAssertions.Specialized.ExceptionAssertions<StorageException> Opening(string url) => FluentActions
            .Invoking(() => Study.Create(new StudyOptions { Storage = new MySqlStorage(url) })).Should().Throw<StorageException>();
    }

    [Fact]
    public void The_native_storage_is_the_one_of_MySQL_unless_Optunas_is_asked_for()
    {
        Storage.FromUrl("mysql://u@h/d", StorageEngine.Native).Should().Be(new MySqlStorage("mysql://u@h/d"));
        Storage.FromUrl("mysql://u@h/d", StorageEngine.Optuna).Should().BeOfType<RdbStorage>();
        Storage.FromUrl("sqlite:///x.db", StorageEngine.Native).Should().BeOfType<RdbStorage>();
        FluentActions.Invoking(() => Study.Create(new StudyOptions { Storage = new MySqlStorage("sqlite:///x.db") }))
            .Should().Throw<FormatException>().WithMessage("*MySQL and MariaDB only*");
    }

    [Fact]
    public void A_malformed_url_is_refused_before_Optuna_sees_it() =>
        FluentActions.Invoking(() => Study.Create(new StudyOptions { Storage = "mysql//root:secret@host/db" }))
            .Should().Throw<FormatException>().Which.Message.Should().NotContain("secret");

    [Fact]
    public void A_storage_shows_its_url_without_the_password() =>
        Storage.FromUrl("mysql://root:secret@host/db").ToString().Should().Contain("host/db").And.NotContain("secret");

    [Theory]
    [InlineData(StudyDirection.Minimize, 2)]
    [InlineData(StudyDirection.Maximize, 1)]
    public void The_best_of_infinite_values_is_what_it_is_in_memory(StudyDirection direction, int best)
    {
        foreach (Storage? storage in new Storage?[] { null, new RdbStorage($"sqlite:///{_folder.File($"{direction}.db")}") })
        {
            using Study study = Study.Create(new StudyOptions { Storage = storage, Direction = direction });
            double[] values = [3, double.PositiveInfinity, double.NegativeInfinity, 4];
            study.Optimize(trial => values[trial.Number], values.Length);
            study.BestTrial.Number.Should().Be(best);
        }
    }

    [Fact]
    public void A_trial_of_a_dead_worker_is_failed_and_tried_again_with_the_same_parameters()
    {
        string url = $"sqlite:///{_folder.File("stale.db")}";
        var failed = new List<(string Study, int Trial)>();
        LeaveRunningTrial(url);
        using Study study = Study.Create(new StudyOptions
        {
            Name = "stale",
            LoadIfExists = true,
            Storage = new RdbStorage(url)
            {
                HeartbeatInterval = TimeSpan.FromSeconds(1),
                GracePeriod = TimeSpan.FromSeconds(1),
                FailedTrialCallback = new RetryFailedTrialCallback { MaxRetry = 1 },
                FailedTrialAction = (owner, trial) => failed.Add((owner.Name, trial.Number)),
            },
        });
        study.Trials.Should().ContainSingle().Which.State.Should().Be(TrialState.Running);
        object? lost = study.Trials[0].Params["x"];

        var limit = Stopwatch.StartNew();
        while (study.Trials[0].State == TrialState.Running && limit.Elapsed < TimeSpan.FromSeconds(30))
            study.Optimize(trial => trial.SuggestFloat("x", 0, 1), 1);

        study.Trials[0].State.Should().Be(TrialState.Fail);
        failed.Should().Equal(("stale", 0));
        FrozenTrial retried = study.Trials.Single(trial => RetryFailedTrialCallback.RetriedTrialNumber(trial) is not null);
        RetryFailedTrialCallback.RetriedTrialNumber(retried).Should().Be(0);
        RetryFailedTrialCallback.RetryHistory(retried).Should().Equal(0);
        RetryFailedTrialCallback.RetryHistory(study.Trials[0]).Should().BeEmpty();
        retried.Params["x"].Should().Be(lost);
        retried.State.Should().Be(TrialState.Complete);
    }

    [Fact]
    public void A_database_tells_the_version_of_its_schema()
    {
        var storage = new RdbStorage($"sqlite:///{_folder.File("versions.db")}");
        storage.GetCurrentVersion().Should().Be(storage.GetHeadVersion()).And.StartWith("v3.");
        storage.GetAllVersions().Should().Contain(storage.GetHeadVersion()).And.HaveCountGreaterThan(3);
        storage.Upgrade();
        storage.GetCurrentVersion().Should().Be(storage.GetHeadVersion());

        using Study study = Study.Create(new StudyOptions { Storage = storage, Name = "still logged" });
        TestRuntime.Log.Records.Should().Contain(record => record.Message.Contains("still logged"), "an upgrade leaves logging alone");
    }

    [Fact]
    public void A_database_without_tables_is_not_filled_on_request() =>
        FluentActions.Invoking(() => Study.Create(new StudyOptions
        {
            Storage = new RdbStorage($"sqlite:///{_folder.File("bare.db")}") { SkipTableCreation = true },
        })).Should().Throw<StorageException>();

    [Fact]
    public void A_lock_of_a_journal_breaks_after_a_while() => InstalledOptuna.From("4.3", () => Study.Create(new StudyOptions
    {
        Storage = new JournalFileStorage(_folder.File("grace.log"))
        {
            Lock = new JournalFileSymlinkLock { GracePeriod = TimeSpan.FromSeconds(5) },
        },
    }).Dispose());

    [Fact]
    public void A_proxy_over_grpc_stands_for_a_storage() => InstalledOptuna.From(
        "4.2", () => new GrpcStorageProxy { Port = 1 }.Open(OptunaRuntime.Current.Glue).AsHandle().IsReleased.Should().BeFalse(),
        module: "grpc");

    private void LeaveRunningTrial(string url)
    {
        // A worker that dies in the middle of a trial: no clean-up of any kind.
        string script =
            """
            import os, sys, time, optuna
            storage = optuna.storages.RDBStorage(sys.argv[1], heartbeat_interval=1, grace_period=1)
            study = optuna.create_study(study_name="stale", storage=storage)
            def objective(trial):
                trial.suggest_float("x", 0, 1)
                with storage.engine.connect() as connection:
                    while not connection.exec_driver_sql("SELECT count(*) FROM trial_heartbeats").scalar():
                        time.sleep(0.01)
                os._exit(0)
            study.optimize(objective)
            """;
        var start = new ProcessStartInfo(OptunaRuntime.Current.Python.Executable) { RedirectStandardError = true };
        foreach (string argument in new[] { "-c", script, url }) start.ArgumentList.Add(argument);
        using Process python = Process.Start(start)!;
        python.StandardError.ReadToEnd();
        python.WaitForExit();
        python.ExitCode.Should().Be(0);
    }

    private async Task<Storage> NewStorageAsync(string kind, string test)
    {
        switch (kind)
        {
            case "memory":
                return new InMemoryStorage();
            case "sqlite":
                return $"sqlite:///{_folder.File("studies.db")}";
            case "journal":
                return new JournalFileStorage(_folder.File("studies.log"));
            case "journal-open-lock":
                return new JournalFileStorage(_folder.File("studies.log")) { Lock = new JournalFileOpenLock() };
            default:
                server.Require();
                string database = $"{test}_{kind.Replace('+', '_')}";
                await server.ExecuteAsync($"CREATE DATABASE {database} CHARACTER SET utf8mb4");
                return kind == "native" ? new MySqlStorage(server.Url(database)) : server.Url(database, scheme: kind);
        }
    }
}
