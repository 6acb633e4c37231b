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

        make("empty")
        make("failed", failing, 4)
        make("two objectives", two, 40, ("minimize", "maximize"))
        make("conditional", conditional, 40)
        make("infinite", infinite, 20)
        make(sys.argv[2], hostile, 12).set_user_attr("</dd><script>", "<script>document.title='hacked'</script>")

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
        StudySnapshot snapshot = new SnapshotReader(SnapshotReader.Automatic, TimeProvider.System).Read(contents, Storage);
        return _reports[study] = _folder.Write($"{_reports.Count}.html", ReportPage.OfStudy(snapshot));
    }

    public async ValueTask InitializeAsync() => await PythonOracle.RunAsync(Script, Storage, HostileName);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
