"""The native MySQL storage and Optuna's RDBStorage get the same random calls, and every read is compared: what each wrote
is read by both, and what each refuses is refused by the other with the same kind of error."""

import math
import random
from datetime import datetime

import hpo_dotnet
import optuna
import pytest
from conftest import execute, fetch
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.storages import RDBStorage
from optuna.study import StudyDirection
from optuna.trial import TrialState, create_trial

CALLS = 130
OPEN = (TrialState.RUNNING, TrialState.WAITING)
NUMBERS = [0.0, -0.0, 1.0, -2.5, 1e-300, 1.7976931348623157e308, 0.1, math.pi, float("inf"), float("-inf")]
ATTRIBUTES = [
    None, True, 1, 2.5, float("nan"), float("inf"), "Grüße 🎉 'quoted' \\ \"double\"", [1, [2, None]], {"a": {"b": 1.0}}, "",
]
KEYS = ["plain", "Grüße", "with space", "quote'd", "per%cent", "@at", "semi;colon", "k" * 512]
TOO_LONG = [("k" * 513, 1), ("large", "x" * 70_000)]
DISTRIBUTIONS = {
    "x": [FloatDistribution(-1, 1), FloatDistribution(-10, 10), FloatDistribution(0.1, 1, log=True), FloatDistribution(0, 1, step=0.25)],
    "n": [IntDistribution(0, 10), IntDistribution(1, 100, log=True), IntDistribution(0, 10, step=5)],
    "kind": [CategoricalDistribution(["a", None, 1, True, 2.5]), CategoricalDistribution(["other"])],
    "p'%;@": [FloatDistribution(0, 1)],
}


@pytest.fixture
def storages(mysql_url):
    return {"optuna": RDBStorage(mysql_url), "native": hpo_dotnet.MySqlStorage(mysql_url)}


class Pair:
    """Two studies that get the same calls, each through a storage of its own kind."""

    def __init__(self, storages, seed):
        self.random = random.Random(seed)
        self.storages = storages
        self.studies = {
            kind: storage.create_new_study([StudyDirection.MINIMIZE], f"{kind}-{seed}") for kind, storage in storages.items()
        }
        self.trials = {kind: [] for kind in storages}

    def call(self, name, *arguments, trial=None, **keywords):
        """Makes the call on both; what comes of it must be the same."""
        outcomes = {}
        for kind, storage in self.storages.items():
            target = self.studies[kind] if trial is None else self.trials[kind][trial]
            try:
                outcomes[kind] = getattr(storage, name)(target, *arguments, **keywords)
            except Exception as error:
                outcomes[kind] = _kind_of(error)
        return outcomes

    def make(self, template):
        outcomes = self.call("create_new_trial", template)
        if any(isinstance(outcome, str) for outcome in outcomes.values()):
            return outcomes
        for kind, trial_id in outcomes.items():
            self.trials[kind].append(trial_id)
        return None

    def is_waiting(self, trial):
        return self.storages["optuna"].get_trial(self.trials["optuna"][trial]).state == TrialState.WAITING

    def compare(self):
        """Each study is the same, whoever reads it, and both studies are the same."""
        seen = [
            [plain(trial) for trial in reader.get_all_trials(study)]
            for study in self.studies.values()
            for reader in self.storages.values()
        ]
        for other in seen[1:]:
            for one, same in zip(seen[0], other, strict=True):
                assert one == same
        for state in [*TrialState, None, OPEN]:
            counts = [reader.get_n_trials(study, state) for study in self.studies.values() for reader in self.storages.values()]
            assert len(set(counts)) == 1
        best = [best_of(reader, study) for study in self.studies.values() for reader in self.storages.values()]
        assert len(set(best)) == 1


def _kind_of(error):
    """Optuna's own class, or Python's."""
    for expected in (optuna.exceptions.StorageInternalError, KeyError, RuntimeError, ValueError):
        if isinstance(error, expected):
            return expected.__name__
    raise error


def plain(trial):
    """A trial without its key and with nan equal to itself; of its times, which test_glue_times compares, whether they are there."""
    return repr([
        trial.number, trial.state.name, trial.values, trial.datetime_start is None, trial.datetime_complete is None,
        list(trial.params.items()), trial.distributions, sorted(trial.user_attrs.items()), sorted(trial.system_attrs.items()),
        sorted(trial.intermediate_values.items()),
    ])


def best_of(storage, study):
    try:
        return storage.get_best_trial(study).value
    except ValueError:
        return None


def template(draw):
    state = draw.choice(list(TrialState))
    names = draw.sample(sorted(DISTRIBUTIONS), draw.randint(0, 3))
    distributions = {name: DISTRIBUTIONS[name][0] for name in names}
    moment = datetime(2026, 1, 2, 3, 4, 5)
    return create_trial(
        state=state,
        value=draw.choice([0.5, -3.25, 7.0]) if state == TrialState.COMPLETE else None,
        params={name: value_of(draw, distribution) for name, distribution in distributions.items()},
        distributions=distributions,
        user_attrs={draw.choice(KEYS): draw.choice(ATTRIBUTES)},
        system_attrs={"s": draw.choice(ATTRIBUTES)},
        intermediate_values={step: draw.choice(NUMBERS) for step in draw.sample(range(5), 2)},
    ) if state != TrialState.WAITING else create_trial(state=state, system_attrs={"fixed_params": {"x": moment.second}})


def value_of(draw, distribution):
    if isinstance(distribution, CategoricalDistribution):
        return draw.choice(distribution.choices)
    return distribution.to_external_repr(draw.choice([distribution.low, distribution.high]))


def act(pair):
    draw = pair.random
    name = draw.choices(
        ["create", "template", "param", "report", "user", "system", "state", "study", "beyond"], [3, 2, 8, 6, 3, 2, 5, 1, 1]
    )[0]
    count = len(pair.trials["native"])
    trial = draw.randrange(max(0, count - 6), count) if count else None
    if name == "create" or trial is None:
        return pair.make(None)
    if name == "template":
        return pair.make(template(draw))
    if name in ("param", "report", "user", "system") and pair.is_waiting(trial):
        name = "state"  # Optuna lets nobody change more of a trial that waits
    if name == "param":
        parameter = draw.choice(sorted(DISTRIBUTIONS))
        distribution = draw.choice(DISTRIBUTIONS[parameter])
        value = distribution.to_internal_repr(value_of(draw, distribution))
        return pair.call("set_trial_param", parameter, value, distribution, trial=trial)
    if name == "report":
        return pair.call("set_trial_intermediate_value", draw.randrange(6), draw.choice([*NUMBERS, float("nan")]), trial=trial)
    if name in ("user", "system"):
        key, value = draw.choice([*((key, draw.choice(ATTRIBUTES)) for key in KEYS), *TOO_LONG])
        return pair.call(f"set_trial_{name}_attr", key, value, trial=trial)
    if name == "state":
        state = draw.choice([*TrialState, TrialState.COMPLETE])
        values = [draw.choice([0.25, -1.0, 3.0])] if state == TrialState.COMPLETE else None
        return pair.call("set_trial_state_values", state, values, trial=trial)
    if name == "study":
        kind = draw.choice(["user", "system"])
        pair.call(f"set_study_{kind}_attr", draw.choice(KEYS), draw.choice(ATTRIBUTES))
        read = pair.call(f"get_study_{kind}_attrs")
        return {side: repr(sorted(attributes.items())) for side, attributes in read.items()}
    outcomes = pair.call("get_trial_id_from_study_id_trial_number", draw.randrange(count + 3))
    return {
        side: outcome if isinstance(outcome, str) else pair.trials[side].index(outcome) for side, outcome in outcomes.items()
    }


@pytest.fixture(params=["prepared", "sent"])
def scripts(request, mysql_server, is_mariadb):
    """What a trial's changes are to the server: prepared, or sent as text, as to MySQL or where it prepares no more."""
    if request.param == "prepared" and not is_mariadb:
        pytest.skip("MySQL prepares no blocks of statements")
    if request.param == "sent":
        ((_, allowed),) = fetch(mysql_server, "SHOW GLOBAL VARIABLES LIKE 'max_prepared_stmt_count'")
        execute(mysql_server, "SET GLOBAL max_prepared_stmt_count = 0")
        request.addfinalizer(lambda: execute(mysql_server, f"SET GLOBAL max_prepared_stmt_count = {allowed}"))
    return request.param


def executed(server):
    """The number of prepared statements that were executed."""
    ((_, count),) = fetch(server, "SHOW GLOBAL STATUS LIKE 'Com_execute_sql'")
    return int(count)


@pytest.mark.parametrize("seed", range(2))
def test_both_storages_answer_the_same(scripts, storages, mysql_server, seed):
    executed_before = executed(mysql_server)
    pair = Pair(storages, seed)
    refused, reached = 0, set()
    for number in range(CALLS):
        outcomes = act(pair)
        if outcomes is not None:
            assert outcomes["optuna"] == outcomes["native"]
            refused += isinstance(outcomes["native"], str)
        if number % 4 == 0:
            pair.compare()
            reached |= {trial.state for trial in storages["native"].get_all_trials(pair.studies["native"])}
    pair.compare()
    assert reached == set(TrialState)  # the calls have reached every state …
    assert refused > 5  # … and made mistakes
    assert (executed(mysql_server) > executed_before) == (scripts == "prepared")


def test_the_sign_of_zero_is_what_the_server_makes_of_it(storages, is_mariadb):
    """MariaDB takes it away. The writer hands out its own trials from memory, the other one reads them."""
    space, zeros = FloatDistribution(-1, 1), []
    for name, storage in storages.items():
        study = optuna.create_study(study_name=name, storage=storage)
        for _ in range(2):  # the study's first parameter takes a way of its own
            trial = study.ask()
            storage.set_trial_param(trial._trial_id, "x", -0.0, space)
            trial.report(-0.0, 0)
            study.tell(trial, -0.0)
        study.add_trial(create_trial(value=-0.0, params={"x": -0.0}, distributions={"x": space}, intermediate_values={0: -0.0}))
        for reader in storages.values():
            trials = reader.get_all_trials(reader.get_study_id_from_name(name))
            zeros += [zero for trial in trials for zero in (trial.value, trial.params["x"], trial.intermediate_values[0])]
    assert len(zeros) == 2 * 2 * 3 * 3
    assert {math.copysign(1, zero) for zero in zeros} == {1.0 if is_mariadb else -1.0}


def test_times_and_names_are_written_alike(storages):
    """Where the values differ from run to run: their form in the tables."""
    for kind, storage in storages.items():
        study = optuna.create_study(study_name=kind, storage=storage, direction="maximize")
        study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=1)
    for storage in storages.values():
        trials = [storage.get_all_trials(storage.get_study_id_from_name(kind))[0] for kind in storages]
        for trial in trials:
            age = (datetime.now() - trial.datetime_complete).total_seconds()
            assert -2 < age < 60
            assert trial.datetime_start.microsecond == trial.datetime_complete.microsecond == 0
        found = {study.study_name: study for study in storage.get_all_studies()}
        assert set(found) == set(storages)
        assert all(study.directions == [StudyDirection.MAXIMIZE] for study in found.values())
        assert storage.get_study_name_from_id(storage.get_study_id_from_name("native")) == "native"


@pytest.mark.parametrize(("maker", "user"), [("optuna", "native"), ("native", "optuna")])
def test_a_study_that_one_deletes_is_gone_for_the_other(storages, maker, user):
    study = optuna.create_study(study_name="s", storage=storages[maker])
    study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=2)
    with pytest.raises(optuna.exceptions.DuplicatedStudyError):
        optuna.create_study(study_name="s", storage=storages[user])
    storages[user].delete_study(study._study_id)
    for storage in storages.values():
        with pytest.raises(KeyError):
            storage.get_study_id_from_name("s")
        with pytest.raises(KeyError):
            storage.get_all_trials(study._study_id)
        with pytest.raises(KeyError):
            storage.delete_study(study._study_id)
    assert optuna.create_study(study_name="s", storage=storages[maker]).trials == []


def test_the_tables_are_those_that_optuna_makes(mysql_server):
    columns = []
    for make in (RDBStorage, hpo_dotnet.MySqlStorage):
        name = f"tables_{make.__name__}"
        execute(mysql_server, f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        make(f"{mysql_server}/{name}")
        tables = "TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, EXTRA, COLLATION_NAME"
        keys = "TABLE_NAME, NON_UNIQUE, SEQ_IN_INDEX, COLUMN_NAME"
        columns.append([
            fetch(mysql_server, f"SELECT {tables} FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = %s ORDER BY 1, 2", name),
            fetch(mysql_server, f"SELECT {keys} FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = %s ORDER BY 1, 4, 3, 2", name),
            *(fetch(mysql_server, f"SELECT * FROM {name}.{table}") for table in ("version_info", "alembic_version")),
        ])
    assert columns[0] == columns[1]
    RDBStorage(f"{mysql_server}/tables_MySqlStorage")  # whose check of the tables passes
