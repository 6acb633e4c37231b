"""The storage in memory whose waiting trials are found without going through all, against Optuna's."""

import copy
import pickle
from collections import Counter

import optuna
import pytest
from optuna.trial import TrialState

from hpo_glue.sampling.in_memory import InMemoryStorage

WAITING = (TrialState.WAITING,)


def waiting(storage, study, **options):
    return [trial.number for trial in storage.get_all_trials(study._study_id, states=WAITING, **options)]


def test_what_waits_is_what_optuna_finds():
    storages = InMemoryStorage(), optuna.storages.InMemoryStorage()
    studies = [optuna.create_study(storage=storage, study_name="a") for storage in storages]
    others = [optuna.create_study(storage=storage, study_name="b") for storage in storages]
    for study in studies + others:
        study.enqueue_trial({"x": 1.0})
        study.add_trial(optuna.trial.create_trial(state=TrialState.FAIL))
        study.enqueue_trial({"x": 2.0})
    found = []
    for storage, study, other in zip(storages, studies, others):
        seen = [waiting(storage, study)]
        study.tell(study.ask(), 0.0)
        seen.append(waiting(storage, study))
        study.ask()
        seen.append(waiting(storage, study))
        study.enqueue_trial({"x": 3.0})
        seen += [waiting(storage, study), waiting(storage, other), waiting(storage, other, deepcopy=False)]
        found.append(seen)
    assert found[0] == found[1] == [[0, 2], [2], [], [3], [0, 2], [0, 2]]


def test_a_study_of_enqueued_trials_runs_each_once_in_their_order():
    study = optuna.create_study(storage=InMemoryStorage(), sampler=optuna.samplers.RandomSampler(seed=1))
    for value in range(10):
        study.enqueue_trial({"x": float(value)})
    study.optimize(lambda trial: trial.suggest_float("x", 0, 100), n_trials=12, n_jobs=2)
    counts = Counter(trial.params["x"] for trial in study.trials[:10])
    assert counts == Counter(float(value) for value in range(10)) and len(study.trials) == 12


def test_finished_trials_are_not_looked_at_again():
    study = optuna.create_study(storage=InMemoryStorage())
    study.add_trials([optuna.trial.create_trial(value=0.0)] * 50)
    assert waiting(study._storage, study) == []
    looks = []

    class Watched(list):
        def __getitem__(self, place):
            looks.append(place)
            return super().__getitem__(place)

    info = study._storage._studies[study._study_id]
    info.trials = Watched(info.trials)
    study.enqueue_trial({})
    assert waiting(study._storage, study) == [50] and set(looks) == {50}


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda storage: pickle.loads(pickle.dumps(storage))])
def test_it_goes_on_as_a_copy(copied):
    study = optuna.create_study(storage=InMemoryStorage(), study_name="a")
    study.enqueue_trial({})
    again = optuna.load_study(study_name="a", storage=copied(study._storage))
    assert waiting(again._storage, again) == [0]
    again.ask()
    assert waiting(again._storage, again) == [] and waiting(study._storage, study) == [0]
