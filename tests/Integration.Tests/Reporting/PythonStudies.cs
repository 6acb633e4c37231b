using Hpo.Interop.Reporting.Pages;
using Hpo.Interop.Reporting.Snapshots;
using Hpo.Interop.Storages;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>Studies that Python made, in a database of their own: one of each kind that is easily shown wrong.</summary>
public sealed class PythonStudies : IAsyncLifetime
{
    public const string HostileName = "<script>document.title='hacked'</script>";

    private const string Script =
        """
        import sys, math, datetime, optuna, sqlalchemy.orm
        from optuna.distributions import *
        from optuna.storages._rdb import models
        optuna.logging.set_verbosity(optuna.logging.CRITICAL)
        storage = optuna.storages.RDBStorage(sys.argv[1])
        sampler = optuna.samplers.RandomSampler

        def make(name, objective=None, n_trials=0, directions=("minimize",)):
            study = optuna.create_study(study_name=name, storage=storage, directions=directions, sampler=sampler(seed=1))
            study.optimize(objective, n_trials=n_trials, catch=(ArithmeticError,)) if objective else None
            return study

        def failing(trial):
            raise ArithmeticError(trial.suggest_float("x", 0, 1))

        def two(trial):
            x, y = trial.suggest_float("x", 0, 3), trial.suggest_float("y", -1, 1)
            return x * x + y, x - y

        def conditional(trial):
            kind = trial.suggest_categorical("kind", ["svm", "forest", None])
            if kind == "svm":
                return trial.suggest_float("svm C", 1e-3, 1e3, log=True)
            return trial.suggest_int("forest depth", 1, 32, log=True) if kind == "forest" else 3.0

        def infinite(trial):
            x = trial.suggest_float("x", 0, 1)
            for step in range(5):
                trial.report([x, math.nan, math.inf, -math.inf, x][step] if trial.number % 3 == 0 else x + step, step)
            return [x, math.inf, -math.inf, x, math.nan][trial.number % 5]

        def hostile(trial):
            trial.set_user_attr("<b>note</b>", "<img src=x onerror=\"document.title='hacked'\">")
            return trial.suggest_float("<i>x</i>", 0, 1) + (trial.suggest_categorical("'\"&", ["</script>", "<!--"]) == "<!--")

        def odd(trial):
            for step in (0, 2**31, 2**40):
                trial.report(trial.number, step)
            for key in (None, 5, "", "file"):
                trial.set_user_attr(key, "a\udcffb")
            trial.suggest_categorical("c", [None, True, 1, "1", "True", 1.5, math.nan, math.inf, ""])
            return trial.number

        def constrained(name, violations, directions):
            sampler = optuna.samplers.NSGAIISampler(seed=1, constraints_func=lambda trial: violations[trial.number % len(violations)])
            study = optuna.create_study(study_name=name, storage=storage, directions=directions, sampler=sampler)
            values = [math.inf, 5, 4, 3, 2, 1, 0, -math.inf]
            study.optimize(lambda trial: [trial.suggest_float("x", 0, 1) * 0 + values[trial.number]] * len(directions), n_trials=len(values))

        make("odd", odd, 20).set_user_attr("deep", __import__("functools").reduce(lambda inner, _: [inner], range(100), 2**40))
        for key in (None, 5, ""):
            optuna.load_study(study_name="odd", storage=storage).set_user_attr(key, [math.nan, "Infinity Cafe"])
        for name, directions in (("minimized", ["minimize"]), ("maximized", ["maximize"]), ("both", ["minimize", "maximize"])):
            constrained(f"whole {name}", [(1, 0), (0, -1), (1, 1), (0, 0)], directions)
            constrained(f"partly infeasible {name}", [(0.5,), (0.0,)], directions)
            constrained(f"infeasible {name}", [(1,), (0.5,)], directions)

        # What set_metric_names writes, which Optuna has since 3.2; and what NativeTrainer's studies of tables say themselves.
        named = make("named", two, 10, ("minimize", "maximize"))
        storage.set_study_system_attr(named._study_id, "study:metric_names", ["loss", "speed"])
        make("table", lambda trial: trial.suggest_float("x", 0, 1), 5).set_user_attr("metrics", '["log-loss"]')

        def partly(trial):
            return sum(trial.suggest_float(name, 0, 1) for name in ("abc" if trial.number != 7 else "a"))

        make("one differs", partly, 30)
        # A retry as Optuna's callback writes it, an artifact's description, and reports that are not finite.
        retried = make("retried", infinite, 1)
        retried.enqueue_trial({"x": 0.5}, user_attrs={"note": "again"})
        retried.optimize(infinite, n_trials=1)
        for key, value in (("failed_trial", 0), ("retry_history", [0]), ("artifacts:a1", '{"filename": "model.bin", "mimetype": "x/y"}'), ("cma:optimizer:0", "80")):
            waiting = retried.ask() if key == "failed_trial" else waiting
            storage.set_trial_system_attr(waiting._trial_id, key, value)
        waiting.suggest_int("depth", 1, 64, log=True)
        make("empty")
        make("failed", failing, 4)
        make("two objectives", two, 40, ("minimize", "maximize"))
        make("conditional", conditional, 40)
        make("infinite", infinite, 20)
        make(sys.argv[2], hostile, 12).set_user_attr("</dd><script>", "<script>document.title='hacked'</script>")

        hostile_study = optuna.load_study(study_name=sys.argv[2], storage=storage)
        note = "# Seen\n<script>document.title='hacked'</script> **bold** [x](javascript:alert(1)) ![y](http://example.com/y.png)"
        for key, value in (("dashboard:note_ver", 1), ("dashboard:note_str:0", note), ("study:metric_names", ["<b>loss</b>"])):
            storage.set_study_system_attr(hostile_study._study_id, key, value)
        storage.set_trial_system_attr(hostile_study.ask()._trial_id, "artifacts:<i>1</i>", '{"filename": "<img src=x onerror=alert(1)>"}')

        # 5,000 trials one by one take minutes: rows as Optuna writes them.
        many, distributions = make("many"), {"lr": FloatDistribution(1e-6, 1, log=True), "kind": CategoricalDistribution(["a", "b"])}
        begin, random = datetime.datetime(2026, 1, 1), __import__("random").Random(1)
        trials, params, values, reports = [], [], [], []
        for number in range(5000):
            pruned, lr, trial_id = random.random() < 0.4, 10 ** random.uniform(-6, 0), 100_000 + number
            start = begin + datetime.timedelta(seconds=number)
            trials.append(dict(trial_id=trial_id, study_id=many._study_id, number=number, datetime_start=start,
                               datetime_complete=start + datetime.timedelta(seconds=1.5), state="PRUNED" if pruned else "COMPLETE"))
            for name, value in (("lr", lr), ("kind", float(random.random() < 0.5))):
                params.append(dict(trial_id=trial_id, param_name=name, param_value=value, distribution_json=distribution_to_json(distributions[name])))
            if not pruned:
                values.append(dict(trial_id=trial_id, objective=0, value=math.log10(lr) ** 2, value_type="FINITE"))
            for step in range(2 if pruned else 8):
                reports.append(dict(trial_id=trial_id, step=step, intermediate_value=40 / (step + 1), intermediate_value_type="FINITE"))
        with sqlalchemy.orm.Session(storage.engine) as session:
            for model, rows in ((models.TrialModel, trials), (models.TrialParamModel, params), (models.TrialValueModel, values), (models.TrialIntermediateValueModel, reports)):
                session.bulk_insert_mappings(model, rows)
            session.commit()
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _reports = [];

    public string Storage => $"sqlite:///{_folder.File("studies.db")}";

    /// <summary>The file of a study's report, which is written when it is asked for first.</summary>
    public string Report(string study)
    {
        if (_reports.TryGetValue(study, out string? known)) return known;
        StudyContents contents = StudyContents.Read(StorageUrl.Parse(Storage), study);
        StudySnapshot snapshot = new SnapshotReader(StudyFindings.Default, TimeProvider.System).Read(contents, Storage);
        return _reports[study] = _folder.Write($"{_reports.Count}.html", ReportPage.OfStudy(snapshot));
    }

    public async ValueTask InitializeAsync() => await PythonOracle.RunAsync(Script, Storage, HostileName);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
