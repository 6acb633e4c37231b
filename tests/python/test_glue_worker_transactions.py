import math

import optuna
import pytest
import sqlalchemy.exc
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.storages import RDBStorage
from optuna.study import StudyDirection
from optuna.trial import TrialState

from hpo_glue import budget, components, retry, studies
from hpo_glue.worker_storage import WorkerRDBStorage

LOST_CONNECTION = 2013


@pytest.fixture
def launched(monkeypatch):
    monkeypatch.setenv("HPO_RUN", "run")
    monkeypatch.setenv("HPO_WORKER_INDEX", "3")


@pytest.fixture
def storage(mysql_url):
    return components.rdb_storage(mysql_url, {"heartbeat_interval": 60}, None)


def rows(storage, statement):
    with storage.engine.begin() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def lives(storage, study):
    """The numbers of the study's trials that have sent a heartbeat."""
    return [number for (number,) in rows(storage, f"""
        SELECT number FROM trials JOIN trial_heartbeats USING (trial_id)
        WHERE study_id = {study._study_id} ORDER BY number""")]


def optimize(study, objective, **options):
    with budget.limit_total_trials(study, 100):
        study.optimize(objective, **options)


def lose_an_answer(monkeypatch, *, after):
    """Lets the connection break in one transaction, before or after it has done its work."""
    transact, state = WorkerRDBStorage._in_transaction, {"left": 1}
    error = sqlalchemy.exc.OperationalError("statement", {}, Exception(LOST_CONNECTION, "words"))

    def call(self, change):
        if not state["left"]:
            return transact(self, change)
        state["left"] = 0
        if after:
            transact(self, change)
        raise error

    monkeypatch.setattr(WorkerRDBStorage, "_in_transaction", call)
    monkeypatch.setattr(retry.time, "sleep", lambda seconds: None)
    return state


def lose_the_answer_to(monkeypatch, storage, statement):
    """Lets the connection break once, after the server has committed a transaction with this statement."""
    dialect, state = storage.engine.dialect, {"left": 1, "is_due": False}
    commit = dialect.do_commit

    def see(*call):
        state["is_due"] = state["is_due"] or statement in call[2]

    def call(connection):
        commit(connection)
        if state["left"] and state["is_due"]:
            state["left"] = 0
            raise sqlalchemy.exc.OperationalError("COMMIT", {}, Exception(LOST_CONNECTION, "words"))

    sqlalchemy.event.listen(storage.engine, "before_cursor_execute", see)
    monkeypatch.setattr(dialect, "do_commit", call)
    monkeypatch.setattr(retry.time, "sleep", lambda seconds: None)
    return state


def test_a_trial_of_optimize_begins_with_its_one_heartbeat(storage, launched):
    study, seen, statements = optuna.create_study(storage=storage), [], []
    sqlalchemy.event.listen(storage.engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    optimize(study, lambda trial: seen.append(lives(storage, study)) or 1.0, n_trials=2)
    assert seen == [[0], [0, 1]]
    assert sum("INTO trial_heartbeats" in statement for statement in statements) == 2


def test_threads_of_optimize_begin_their_own(storage, launched):
    study = optuna.create_study(storage=storage)
    optimize(study, lambda trial: 1.0, n_trials=8, n_jobs=4)
    assert lives(storage, study) == list(range(8))


def test_a_trial_that_a_script_asks_for_gives_no_heartbeat_that_nobody_would_repeat(storage, launched):
    study = optuna.create_study(storage=storage)
    other = optuna.create_study(storage=storage)

    def objective(trial):
        with budget.limit_total_trials(other, 100):
            study.tell(study.ask(), 0.0)
            other.tell(other.ask(), 0.0)
        return 1.0

    optuna.storages.fail_stale_trials(study)
    with budget.limit_total_trials(study, 100):
        study.ask()
    optimize(study, objective, n_trials=1)
    assert lives(storage, study) == [1]
    assert lives(storage, other) == []


def test_without_heartbeats_there_are_none(mysql_url, launched):
    storage = components.rdb_storage(mysql_url, {}, None)
    study = optuna.create_study(storage=storage)
    optimize(study, lambda trial: 1.0, n_trials=1)
    assert lives(storage, study) == []


@pytest.mark.parametrize(
    "values, state",
    [
        ([1.5], TrialState.COMPLETE),
        ([math.inf], TrialState.COMPLETE),
        ([-math.inf], TrialState.COMPLETE),
        ([0.1, -7.25e-300], TrialState.COMPLETE),
        ([3.0], TrialState.PRUNED),
        (None, TrialState.PRUNED),
        (None, TrialState.FAIL),
    ],
)
def test_a_trial_is_stored_as_optuna_stores_it(mysql_url, storage, values, state):
    plain = RDBStorage(mysql_url)
    directions = [StudyDirection.MINIMIZE] * len(values or [0])

    def stored_by(writer):
        study_id = writer.create_new_study(directions)
        writer.create_new_trial(study_id)
        trial_id = writer.create_new_trial(study_id)
        assert writer.set_trial_state_values(trial_id, state, values)
        with pytest.raises(RuntimeError):
            writer.set_trial_state_values(trial_id, TrialState.FAIL)
        [running, ended] = plain.get_all_trials(study_id)
        assert ended.datetime_start <= ended.datetime_complete
        assert (ended.datetime_complete - running.datetime_start).total_seconds() < 60
        facts = [(t.number, t.state, t.values, t.params, t.user_attrs, t.system_attrs) for t in (running, ended)]
        return facts, rows(plain, f"SELECT objective, value, value_type FROM trial_values WHERE trial_id = {trial_id}")

    assert stored_by(storage) == stored_by(plain)


OTHERS = [FloatDistribution(0.5, 1, log=True), IntDistribution(5, 6), CategoricalDistribution(("b",))]


def refuses(writer, study_id, distribution):
    try:
        writer.set_trial_param(writer.create_new_trial(study_id), "x", 0.0, distribution)
        return False
    except ValueError:
        return True


@pytest.mark.parametrize(
    "distribution, value",
    [
        (FloatDistribution(-1.0, 1.0), 0.1),
        (FloatDistribution(1e-300, 1.0, log=True), 7.25e-300),
        (FloatDistribution(0, 1, step=0.25), 0.75),
        (IntDistribution(1, 1024, log=True), 512.0),
        (CategoricalDistribution(("a", None, 1, 2.5, "\u00e9")), 4.0),
    ],
)
def test_a_parameter_is_stored_as_optuna_stores_it(mysql_url, storage, distribution, value):
    plain = RDBStorage(mysql_url)

    def stored_by(writer):
        study_id = writer.create_new_study([StudyDirection.MINIMIZE])
        first, second = writer.create_new_trial(study_id), writer.create_new_trial(study_id)
        for trial_id in (first, second):
            writer.set_trial_param(trial_id, "x", value, distribution)
        refused = [other for other in OTHERS if refuses(writer, study_id, other)]
        assert len(refused) >= len(OTHERS) - 1
        writer.set_trial_state_values(first, TrialState.FAIL)
        with pytest.raises(RuntimeError):
            writer.set_trial_param(first, "y", 0.0, distribution)
        return refused, [(trial.params, trial.distributions) for trial in plain.get_all_trials(study_id)]

    assert stored_by(storage) == stored_by(plain)


def test_a_second_value_of_a_parameter_replaces_the_first(mysql_url, storage):
    """As in memory, and in MySQL up to Optuna 3.1; later ones leave the first without a word. No trial sets one twice."""
    trial_id = storage.create_new_trial(storage.create_new_study([StudyDirection.MINIMIZE]))
    for value in (0.25, 0.75):
        storage.set_trial_param(trial_id, "x", value, FloatDistribution(0, 1))
    assert RDBStorage(mysql_url).get_trial(trial_id).params == {"x": 0.75}


def test_what_does_not_exist_is_told_as_optuna_tells_it(mysql_url, storage):
    for writer in (storage, RDBStorage(mysql_url)):
        with pytest.raises(KeyError):
            writer.create_new_trial(10**9)
        with pytest.raises(KeyError):
            writer.set_trial_state_values(10**9, TrialState.COMPLETE, [1.0])
        with pytest.raises(KeyError):
            writer.set_trial_param(10**9, "x", 0.5, FloatDistribution(0, 1))


def test_a_value_that_the_database_refuses_changes_nothing(storage):
    study = optuna.create_study(storage=storage)
    trial = study.ask()
    with pytest.raises(optuna.exceptions.StorageInternalError):
        storage.set_trial_state_values(trial._trial_id, TrialState.COMPLETE, [math.nan])
    assert [t.state for t in study.trials] == [TrialState.RUNNING]


@pytest.mark.parametrize("after", [False, True])
def test_a_beginning_whose_answer_was_lost_is_made_once(storage, launched, monkeypatch, after):
    study = optuna.create_study(storage=storage)
    state = lose_an_answer(monkeypatch, after=after)
    optimize(study, lambda trial: 1.0, n_trials=1)
    assert state["left"] == 0
    assert [trial.state for trial in study.trials] == [TrialState.COMPLETE]
    assert lives(storage, study) == [0]


@pytest.mark.parametrize("after", [False, True])
def test_an_end_whose_answer_was_lost_is_stored_once(storage, monkeypatch, after):
    study = optuna.create_study(storage=storage)
    trial = study.ask()
    state = lose_an_answer(monkeypatch, after=after)
    study.tell(trial, 1.5)
    assert state["left"] == 0
    assert [trial.value for trial in study.trials] == [1.5]


def test_a_first_parameter_whose_answer_was_lost_is_stored_once(storage, monkeypatch):
    study = optuna.create_study(storage=storage)
    trial = study.ask()
    state = lose_the_answer_to(monkeypatch, storage, "INTO trial_params")
    x = trial.suggest_float("x", 0, 1)
    assert state["left"] == 0
    assert [t.params for t in study.trials] == [{"x": x}]


def test_first_parameters_of_two_workers_cannot_exclude_each_other(mysql_url, storage):
    study = optuna.create_study(study_name="s", storage=storage)
    other = optuna.load_study(study_name="s", storage=components.rdb_storage(mysql_url, {}, None))
    first, second = study.ask(), other.ask()
    first.suggest_float("x", 0, 1)
    with pytest.raises(ValueError):
        second.suggest_categorical("x", ["a"])


def test_a_study_whose_creation_lost_its_answer_is_loaded_where_it_may_exist(storage, monkeypatch):
    state = lose_the_answer_to(monkeypatch, storage, "INTO studies")
    study = studies.create_study("s", storage, None, None, ["maximize"], load_if_exists=True)
    assert state["left"] == 0
    assert (study.study_name, study.direction) == ("s", StudyDirection.MAXIMIZE)
    assert len(studies.study_names(storage)) == 1


def test_a_study_that_may_not_exist_is_not_made_twice(storage, monkeypatch):
    lose_the_answer_to(monkeypatch, storage, "INTO studies")
    with pytest.raises((optuna.exceptions.StorageInternalError, sqlalchemy.exc.OperationalError)):
        studies.create_study("s", storage, None, None, ["minimize"], load_if_exists=False)


def test_a_limit_counts_running_trials_and_no_failed_ones(storage, launched):
    study = optuna.create_study(storage=storage)
    with budget.limit_total_trials(study, 2):
        study.tell(study.ask(), state=TrialState.FAIL)
        study.tell(study.ask(), 1.0)
        study.ask()
        with pytest.raises(budget.BudgetSpent):
            study.ask()
    assert len(study.trials) == 3
