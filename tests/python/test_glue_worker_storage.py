import optuna
import pytest
import sqlalchemy.exc
from optuna.storages import RDBStorage
from optuna.trial import TrialState

from hpo_glue import budget, components, retry, worker_storage

LOST_CONNECTION = 2013
DEADLOCK = 1213


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(retry.time, "sleep", lambda seconds: None)


@pytest.fixture
def study(tmp_path):
    storage = components.rdb_storage(f"sqlite:///{tmp_path}/s.db", {}, None)
    return optuna.create_study(study_name="s", storage=storage)


@pytest.fixture
def launched(monkeypatch):
    monkeypatch.setenv("HPO_RUN", "run")
    monkeypatch.setenv("HPO_WORKER_INDEX", "3")
    monkeypatch.setenv("HPO_WORKER_RESTART", "1")


def fault(code):
    return sqlalchemy.exc.OperationalError("statement", {}, Exception(code, "words"))


def fail_once(monkeypatch, name, error, *, after):
    """Lets one call of Optuna's method fail, before or after it has done its work."""
    method, state = getattr(RDBStorage, name), {"left": 1}

    def call(self, *args, **kwargs):
        if not state["left"]:
            return method(self, *args, **kwargs)
        state["left"] = 0
        if after:
            method(self, *args, **kwargs)
        raise error

    monkeypatch.setattr(RDBStorage, name, call)
    return state


def test_a_launched_workers_trial_names_its_owner(study, launched):
    first, second = study.ask(), study.ask()
    owner = study.trials[0].system_attrs["hpo:worker"]
    assert (owner["run"], owner["worker"], owner["start"]) == ("run", 3, 1)
    assert owner["pid"] and owner["host"]
    assert owner != study.trials[1].system_attrs["hpo:worker"]
    assert [first.number, second.number] == [0, 1]


def test_an_enqueued_trial_gets_its_owner_when_it_is_taken(study, launched):
    study.enqueue_trial({"x": 0.5})
    assert "hpo:worker" not in study.trials[0].system_attrs
    study.ask()
    assert study.trials[0].system_attrs["hpo:worker"]["worker"] == 3


def test_without_a_launcher_a_trial_has_no_owner(study):
    study.ask()
    assert study.trials[0].system_attrs == {}


@pytest.mark.parametrize("after", [False, True])
def test_a_trial_whose_creation_lost_its_answer_is_made_once(study, launched, monkeypatch, after):
    state = fail_once(monkeypatch, "_create_new_trial", fault(LOST_CONNECTION), after=after)
    study.tell(study.ask(), 1.0)
    assert state["left"] == 0
    assert [trial.state for trial in study.trials] == [TrialState.COMPLETE]


@pytest.mark.parametrize("after", [False, True])
def test_an_enqueued_trial_whose_taking_lost_its_answer_is_taken_once(study, launched, monkeypatch, after):
    study.enqueue_trial({"x": 0.5})
    state = fail_once(monkeypatch, "set_trial_state_values", fault(LOST_CONNECTION), after=after)
    assert study.ask().suggest_float("x", 0, 1) == 0.5
    assert state["left"] == 0
    assert len(study.trials) == 1


@pytest.mark.parametrize("after", [False, True])
def test_a_result_whose_storing_lost_its_answer_is_stored_once(study, monkeypatch, after):
    trial = study.ask()
    state = fail_once(monkeypatch, "set_trial_state_values", fault(LOST_CONNECTION), after=after)
    study.tell(trial, 1.5)
    assert state["left"] == 0
    assert study.trials[0].value == 1.5


def test_without_an_owner_a_creation_of_unknown_outcome_is_not_retried(study, monkeypatch):
    fail_once(monkeypatch, "_create_new_trial", fault(LOST_CONNECTION), after=True)
    with pytest.raises(sqlalchemy.exc.OperationalError):
        study.ask()
    assert len(study.trials) == 1


def test_a_deadlock_is_retried_even_so(study, monkeypatch):
    fail_once(monkeypatch, "_create_new_trial", fault(DEADLOCK), after=False)
    assert study.ask().number == 0


def test_a_lasting_error_is_raised_at_once(study, monkeypatch):
    fail_once(monkeypatch, "set_trial_state_values", fault(1045), after=False)
    with pytest.raises(sqlalchemy.exc.OperationalError):
        study.tell(study.ask(), 1.0)


def test_retries_have_an_end(monkeypatch):
    clock = iter(range(0, 100_000, 100))
    monkeypatch.setattr(retry.time, "monotonic", lambda: next(clock))

    def never():
        raise fault(LOST_CONNECTION)

    with pytest.raises(sqlalchemy.exc.OperationalError):
        retry.with_retries(never)


@pytest.mark.parametrize("failures, is_opened", [(4, True), (1000, False)])
def test_a_first_connection_is_retried_a_few_times_however_slow_it_is(monkeypatch, failures, is_opened):
    clock, left = iter(range(0, 1000, 5)), iter(range(failures))
    monkeypatch.setattr(retry.time, "monotonic", lambda: next(clock))

    def connect():
        if next(left, None) is not None:
            raise fault(LOST_CONNECTION)
        return "open"

    if is_opened:
        assert retry.open_with_retries(connect, was_reached=False) == "open"
    else:
        with pytest.raises(sqlalchemy.exc.OperationalError):
            retry.open_with_retries(connect, was_reached=False)
        assert next(left) < 10


def test_a_call_within_a_call_belongs_to_the_outer_one():
    calls = []

    def inner():
        calls.append("inner")
        if len(calls) < 3:
            raise fault(DEADLOCK)
        return "done"

    def outer():
        calls.append("outer")
        return retry.with_retries(inner)

    assert retry.with_retries(outer) == "done"
    assert calls == ["outer", "inner", "outer", "inner"]


def test_what_counts_can_be_chosen(study, monkeypatch):
    with budget.limit_total_trials(study, 2, ["COMPLETE", "FAIL"]):
        study.tell(study.ask(), state=TrialState.FAIL)
        study.tell(study.ask(), state=TrialState.PRUNED)
        study.tell(study.ask(), 1.0)
        with pytest.raises(budget.BudgetSpent):
            study.ask()
    monkeypatch.setenv("HPO_COUNT", "fail")
    assert budget.counted_states() == (TrialState.FAIL,)
    monkeypatch.delenv("HPO_COUNT")
    assert budget.counted_states() == (TrialState.COMPLETE, TrialState.PRUNED)


def test_a_heartbeat_is_one_row_with_the_time_of_the_server(mysql_url):
    storage = components.rdb_storage(mysql_url, {"heartbeat_interval": 5}, None)
    study = optuna.create_study(storage=storage)
    trial = study.ask()
    with storage.engine.begin() as connection:
        storage.record_heartbeat(trial._trial_id)
        connection.exec_driver_sql("UPDATE trial_heartbeats SET heartbeat = heartbeat - INTERVAL 1 HOUR")
    storage.record_heartbeat(trial._trial_id)
    with storage.engine.begin() as connection:
        ages = connection.exec_driver_sql("SELECT TIMESTAMPDIFF(SECOND, heartbeat, NOW()) FROM trial_heartbeats").all()
    assert len(ages) == 1 and 0 <= ages[0][0] < 60


def test_a_launched_worker_looks_for_stale_trials_once_an_interval(mysql_url, launched, monkeypatch):
    storage = components.rdb_storage(mysql_url, {"heartbeat_interval": 5, "grace_period": 9}, None)
    study = optuna.create_study(storage=storage)
    clock = [100.0]
    monkeypatch.setattr(worker_storage.time, "monotonic", lambda: clock[0])

    def stale():
        trial = study.ask()
        storage.record_heartbeat(trial._trial_id)
        with storage.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE trial_heartbeats SET heartbeat = heartbeat - INTERVAL 1 MINUTE")
        return len(storage._get_stale_trial_ids(study._study_id))

    assert stale() == 1
    clock[0] += 4
    assert stale() == 0
    clock[0] += 2
    assert stale() == 3
