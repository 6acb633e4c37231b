"""A worker whose running trial somebody else has failed goes on with the next one."""

import hpo_dotnet
import optuna
import pytest
from optuna.study import _optimize
from optuna.trial import TrialState

from hpo_glue import components, overtaken_trials


@pytest.fixture(params=["sqlite", "optuna", "native"])
def storage(request, tmp_path):
    if request.param == "sqlite":
        return components.rdb_storage(f"sqlite:///{tmp_path}/s.db", {"heartbeat_interval": 60}, None)
    url = request.getfixturevalue("mysql_url")
    if request.param == "optuna":
        return components.rdb_storage(url, {"heartbeat_interval": 60}, None)
    return hpo_dotnet.MySqlStorage(url, heartbeat_interval=60)


@pytest.fixture
def url(storage, request):
    return getattr(storage, "url", None) or request.getfixturevalue("mysql_url")


@pytest.fixture
def study(storage, monkeypatch):
    monkeypatch.setattr(_optimize, "_run_trial", _optimize._run_trial)
    overtaken_trials.go_on()
    return optuna.create_study(study_name="s", storage=storage)


def value(trial):
    return trial.suggest_float("x", 0, 1)


def prune(trial):
    raise optuna.TrialPruned


def report(trial):
    trial.report(0.5, 0)
    return 0.5


def fail(trial):
    raise ArithmeticError


def interrupt(trial):
    raise KeyboardInterrupt


def overtaken(url, then):
    """An objective whose first trial another process fails before it ends."""

    def objective(trial):
        trial.suggest_float("y", 0, 1)
        if trial.number > 0:
            return 1.0
        optuna.storages.RDBStorage(url).set_trial_state_values(trial._trial_id, TrialState.FAIL)
        return then(trial)

    return objective


@pytest.mark.parametrize("then", [value, prune, report])
def test_the_next_trial_follows(study, url, then):
    told = []
    study.optimize(overtaken(url, then), n_trials=3, callbacks=[lambda _, trial: told.append(trial.state)])
    expected = [TrialState.FAIL, TrialState.COMPLETE, TrialState.COMPLETE]
    assert [trial.state for trial in study.trials] == told == expected
    assert study.trials[0].value is None


@pytest.mark.parametrize(("then", "error"), [(fail, ArithmeticError), (interrupt, KeyboardInterrupt)])
def test_an_error_of_the_objectives_own_ends_the_study_as_ever(study, url, then, error):
    with pytest.raises(error):
        study.optimize(overtaken(url, then), n_trials=3)
    assert len(study.trials) == 1


def test_an_error_that_is_caught_does_not(study, url):
    study.optimize(overtaken(url, fail), n_trials=3, catch=(ArithmeticError,))
    assert len(study.trials) == 3


def test_without_heartbeats_it_is_told_as_by_optuna(monkeypatch, tmp_path):
    monkeypatch.setattr(_optimize, "_run_trial", overtaken_trials.run_trial)
    url = f"sqlite:///{tmp_path}/s.db"
    study = optuna.create_study(study_name="s", storage=url)
    with pytest.raises((AssertionError, ValueError)):
        study.optimize(overtaken(url, value), n_trials=3)
