"""When the native MySQL storage asks the server, on slow machines as on fast ones."""

import time

import hpo_dotnet
import optuna
import pytest
from optuna.trial import TrialState

from hpo_glue.current_trials import current_trials


def slowed(storage, names, seconds):
    """Makes calls of the storage's functions take longer; gives a list that gets the name of each."""
    asked, ask = [], storage._ask

    def call(name, *arguments):
        asked.append(name)
        time.sleep(seconds if name in names or not names else 0)
        return ask(name, *arguments)

    storage._ask = call
    return asked


def objective_of(seconds=0.0):
    def work():
        if seconds:
            time.sleep(seconds)

    def objective(trial):
        value = 0.0
        for name in "xyz":
            work()
            value += trial.suggest_float(name, 0, 1)
        for step in range(5):
            work()
            trial.report(value, step)
            work()
            trial.should_prune()
        return value

    return objective


class SlowSampler(optuna.samplers.TPESampler):
    """Needs a while before it reads."""

    def __init__(self, seconds):
        super().__init__(seed=1)
        self._seconds = seconds

    def sample_independent(self, *arguments):
        if self._seconds:
            time.sleep(self._seconds)
        return super().sample_independent(*arguments)


@pytest.mark.parametrize("way, sampler, caller", [(0, 0, 0), (0.004, 0.001, 0), (0, 0.003, 0.003), (0.004, 0.003, 0.002)])
def test_a_trial_asks_as_often_on_a_slow_machine_or_way(mysql_url, way, sampler, caller):
    storage = hpo_dotnet.MySqlStorage(mysql_url)
    study = optuna.create_study(storage=storage, sampler=SlowSampler(sampler), pruner=optuna.pruners.MedianPruner())
    study.optimize(objective_of(caller), n_trials=20)
    asked = slowed(storage, (), way)
    study.optimize(objective_of(caller), n_trials=20)
    assert len(asked) <= 20 * 11.5, {name: asked.count(name) for name in asked}


def test_threads_of_one_process_ask_no_oftener(mysql_url):
    storage = hpo_dotnet.MySqlStorage(mysql_url)
    study = optuna.create_study(storage=storage, sampler=SlowSampler(0.001), pruner=optuna.pruners.MedianPruner())
    study.optimize(objective_of(0.001), n_trials=20, n_jobs=2)
    asked = slowed(storage, (), 0.002)
    study.optimize(objective_of(0.001), n_trials=40, n_jobs=2)
    assert len(asked) <= 40 * 12, {name: asked.count(name) for name in asked}


@pytest.mark.parametrize(
    "count",
    [
        lambda study: len(study.get_trials(states=(TrialState.COMPLETE,))),
        lambda study: len(current_trials(study, (TrialState.COMPLETE,))),
        lambda study: study._storage.get_n_trials(study._study_id, TrialState.COMPLETE),
        lambda study: study.best_trial.number + 1,
    ],
    ids=["copies", "current_trials", "number", "best"],
)
def test_a_user_sees_what_another_process_has_finished_at_once(mysql_url, count):
    storage = hpo_dotnet.MySqlStorage(mysql_url)
    study = optuna.create_study(study_name="s", storage=storage)
    other = optuna.load_study(study_name="s", storage=mysql_url)  # Optuna's own storage, as in another process
    slowed(storage, ("set_state",), 0.2)  # what came with that change would do for a sampler
    study.add_trial(optuna.trial.create_trial(value=2.0))
    study.tell(study.ask(), 1.0)
    other.add_trial(optuna.trial.create_trial(value=0.0))
    assert count(study) == 3


def test_what_another_worker_has_finished_is_seen_after_a_pause(mysql_url):
    first, second = (hpo_dotnet.MySqlStorage(mysql_url) for _ in range(2))
    study = optuna.create_study(study_name="s", storage=first)
    other = optuna.load_study(study_name="s", storage=second)
    asked = slowed(first, ("set_intermediate_value",), 0.3)  # its answer may be used for 0.1 s, and not for as long as it took
    trial = study.ask()
    trial.report(1.0, 0)
    other.optimize(lambda trial: 1.0, n_trials=1)
    time.sleep(0.1)
    del asked[:]
    assert len(study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))) == 1
    assert asked == ["read_changes"]
