"""When the native MySQL storage asks the server, on slow machines as on fast ones."""

import time

import hpo_dotnet
import optuna
import pytest


def slowed(storage, names, seconds):
    """Makes calls of the storage's functions take longer; gives a list that gets the name of each."""
    asked, ask = [], storage._ask

    def call(name, *arguments):
        asked.append(name)
        time.sleep(seconds if name in names or not names else 0)
        return ask(name, *arguments)

    storage._ask = call
    return asked


def objective(trial):
    value = trial.suggest_float("x", 0, 1) + trial.suggest_float("y", 0, 1) + trial.suggest_int("n", 0, 9)
    for step in range(5):
        trial.report(value, step)
        trial.should_prune()
    return value


class SlowSampler(optuna.samplers.TPESampler):
    """Needs a while before it reads."""

    def sample_independent(self, *arguments):
        time.sleep(0.001)
        return super().sample_independent(*arguments)


@pytest.mark.parametrize("seconds", [0, 0.004])
def test_a_trial_asks_as_often_on_a_slow_way(mysql_url, seconds):
    storage = hpo_dotnet.MySqlStorage(mysql_url)
    sampler = SlowSampler(seed=1) if seconds else optuna.samplers.TPESampler(seed=1)
    study = optuna.create_study(storage=storage, sampler=sampler, pruner=optuna.pruners.MedianPruner())
    study.optimize(objective, n_trials=20)
    asked = slowed(storage, (), seconds)
    study.optimize(objective, n_trials=20)
    assert len(asked) <= 20 * 11.5, {name: asked.count(name) for name in asked}


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
    assert len(study.get_trials(deepcopy=False, states=(optuna.trial.TrialState.COMPLETE,))) == 1
    assert asked == ["read_changes"]
