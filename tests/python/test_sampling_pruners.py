"""Our pruners decide as those of the installed Optuna, and do not go through all trials for it."""

import pickle
import random
import threading
import warnings

import optuna
import pytest
from optuna.trial import TrialState, create_trial

from hpo_glue.sampling import successive_halving
from hpo_glue.sampling.hyperband import HyperbandPruner
from hpo_glue.sampling.percentile import MedianPruner, PercentilePruner
from hpo_glue.sampling.successive_halving import SuccessiveHalvingPruner

KINDS = {
    "median": (MedianPruner, {}),
    "median late": (MedianPruner, {"n_startup_trials": 2, "n_warmup_steps": 1, "interval_steps": 2, "n_min_trials": 3}),
    "percentile": (PercentilePruner, {"percentile": 30.0}),
    "best": (PercentilePruner, {"percentile": 0.0, "n_startup_trials": 0}),
    "halving": (SuccessiveHalvingPruner, {}),
    "halving 2": (SuccessiveHalvingPruner, {"min_resource": 1, "reduction_factor": 2, "bootstrap_count": 3}),
    "hyperband": (HyperbandPruner, {}),
    "hyperband 9": (HyperbandPruner, {"max_resource": 9, "reduction_factor": 2, "bootstrap_count": 1}),
}
ODD = [float("nan"), float("inf"), float("-inf"), 0.0, -0.0, 1.0]


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    monkeypatch.setattr(successive_halving, "_FEW", 10)


@pytest.fixture(autouse=True)
def _no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def value_of(chance):
    return chance.choice(ODD) if chance.random() < 0.2 else chance.gauss(0, 1)


def added(count, chance):
    """Trials as other studies leave them."""
    for _ in range(count):
        state = chance.choice([TrialState.COMPLETE, TrialState.COMPLETE, TrialState.PRUNED, TrialState.FAIL, TrialState.WAITING])
        steps = {step: value_of(chance) for step in range(chance.randrange(9)) if chance.random() < 0.9}
        rungs = {f"completed_rung_{rung}": chance.gauss(0, 1) for rung in range(chance.randrange(4))}
        yield create_trial(
            state=state,
            value=1.0 if state is TrialState.COMPLETE else None,
            intermediate_values=steps,
            system_attrs=rungs if state is not TrialState.WAITING else {},
        )


def run(make_pruner, direction, prefix, n_trials=60, n_workers=3, storage=None):
    """What several workers with a pruner each decide, which take turns by chance."""
    chance = random.Random(7)
    storage = storage or optuna.storages.InMemoryStorage()
    first = optuna.create_study(study_name="s", storage=storage, direction=direction, pruner=make_pruner())
    others = [optuna.load_study(study_name="s", storage=storage, pruner=make_pruner()) for _ in range(n_workers - 1)]
    for trial in added(prefix, chance):
        first.add_trial(trial)
    decisions, running = [], []
    for number in range(n_trials):
        if chance.random() < 0.1:
            first.enqueue_trial({"x": 0.5})
        study = [first, *others][number % n_workers]
        running.append((study, study.ask(), iter(sorted(chance.sample(range(12), chance.randrange(9))))))
        while len(running) > (n_workers if number < n_trials - 1 else 0):
            study, trial, steps = place = chance.choice(running)
            step = next(steps, None)
            if step is not None:
                trial.report(value_of(chance), step)
                decisions.append(trial.should_prune())
            if step is None or decisions[-1] and chance.random() < 0.8:
                running.remove(place)
                state = TrialState.PRUNED if step is not None else chance.choice([TrialState.COMPLETE] * 3 + [TrialState.FAIL])
                study.tell(trial, 1.0 if state is TrialState.COMPLETE else None, state)
    return decisions, [trial.system_attrs for trial in first.trials]


@pytest.mark.parametrize("prefix", [0, 300])
@pytest.mark.parametrize("direction", ["minimize", "maximize"])
@pytest.mark.parametrize("kind", KINDS)
def test_decides_as_optuna(kind, direction, prefix):
    cls, arguments = KINDS[kind]
    theirs = getattr(optuna.pruners, cls.__name__)
    expected, attrs = run(lambda: theirs(**arguments), direction, prefix)
    assert (expected, attrs) == run(lambda: cls(**arguments), direction, prefix)
    assert len(set(expected)) == 2


@pytest.mark.parametrize("kind", ["median", "halving", "hyperband 9"])
def test_decides_as_optuna_on_a_database(kind):
    cls, arguments = KINDS[kind]
    theirs = getattr(optuna.pruners, cls.__name__)
    results = [
        run(lambda: make(**arguments), "minimize", 20, 15, storage=optuna.storages.RDBStorage("sqlite://"))
        for make in (theirs, cls)
    ]
    assert results[0] == results[1]


@pytest.mark.parametrize("kind", ["halving", "hyperband", "hyperband 9"])
def test_looks_at_old_trials_once(kind, monkeypatch):
    cls, arguments = KINDS[kind]
    study = optuna.create_study(study_name="s", pruner=cls(**arguments))
    old = create_trial(value=1.0, intermediate_values={8: 1.0}, system_attrs={"completed_rung_0": 1.0})
    study.add_trials([old] * 200)

    def decide():
        trial = study.ask()
        trial.report(2.0, 8)
        return trial.should_prune()

    assert any([decide() for _ in range(6)])
    looks = []
    attrs = optuna.trial.FrozenTrial.system_attrs
    monkeypatch.setattr(
        optuna.trial.FrozenTrial, "system_attrs", property(lambda trial: looks.append(trial) or attrs.fget(trial), attrs.fset)
    )
    assert any([decide() for _ in range(3)])
    assert len(looks) < 100


@pytest.mark.parametrize("kind", KINDS)
def test_can_be_pickled(kind):
    cls, arguments = KINDS[kind]
    pruner = cls(**arguments)
    assert isinstance(pruner, getattr(optuna.pruners, cls.__name__))
    study = optuna.create_study(study_name="s", pruner=pruner)
    study.add_trials(added(50, random.Random(1)))
    used = optuna.trial.Trial(study, study._storage.create_new_trial(study._study_id))
    used.report(1.0, 8)
    used.should_prune()
    copy = pickle.loads(pickle.dumps(pruner))
    assert vars(copy).keys() == vars(pruner).keys()
    assert run(lambda: pickle.loads(pickle.dumps(cls(**arguments))), "minimize", 50) == run(
        lambda: cls(**arguments), "minimize", 50
    )


@pytest.mark.parametrize("kind", ["median", "halving 2"])
def test_serves_several_studies_and_new_ones_with_the_key_of_a_deleted_one(kind):
    cls, arguments = KINDS[kind]

    def decisions(pruner):
        storage = optuna.storages.RDBStorage("sqlite://")
        decided = []
        for value in (1.0, -1.0, 2.0, 0.0):  # SQLite gives the last key away again
            study = optuna.create_study(study_name="s", storage=storage, pruner=pruner)
            study.add_trials(
                [create_trial(value=value, intermediate_values={1: value}, system_attrs={"completed_rung_0": value})] * 8
            )
            for reported in (0.5, 1.5):
                trial = study.ask()
                trial.report(reported, 1)
                decided.append(trial.should_prune())
            optuna.delete_study(study_name="s", storage=storage)
        return decided

    expected = decisions(getattr(optuna.pruners, cls.__name__)(**arguments))
    assert decisions(cls(**arguments)) == expected
    assert len(set(expected)) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_threads_share_a_pruner(kind):
    cls, arguments = KINDS[kind]
    study = optuna.create_study(study_name="s", pruner=cls(**arguments))
    chances = threading.local()

    def objective(trial):
        chances.chance = random.Random(trial.number)
        for step in range(8):
            trial.report(value_of(chances.chance), step)
            if trial.should_prune():
                raise optuna.TrialPruned
        return 1.0

    study.optimize(objective, n_trials=60, n_jobs=4)
    assert {trial.state for trial in study.trials} <= {TrialState.COMPLETE, TrialState.PRUNED}


def test_leaves_brackets_of_its_own_making_to_optuna():
    class ByParity(HyperbandPruner):
        def _get_bracket_id(self, study, trial):
            return trial.number % len(self._pruners) if self._pruners else 0

    class TheirsByParity(optuna.pruners.HyperbandPruner):
        _get_bracket_id = ByParity._get_bracket_id

    assert run(lambda: ByParity(max_resource=9), "minimize", 100) == run(lambda: TheirsByParity(max_resource=9), "minimize", 100)


@pytest.mark.parametrize("cls", [MedianPruner, SuccessiveHalvingPruner])
def test_leaves_a_bracket_that_it_was_not_made_for_to_optuna(cls):
    class Inside(optuna.pruners.HyperbandPruner):
        inner = cls

        def _try_initialization(self, study):
            super()._try_initialization(study)
            self._pruners = [self.inner() for _ in self._pruners]

    class Theirs(Inside):
        inner = getattr(optuna.pruners, cls.__name__)

    assert run(lambda: Inside(max_resource=9), "minimize", 100) == run(lambda: Theirs(max_resource=9), "minimize", 100)


@pytest.mark.parametrize("module", ["percentile", "successive_halving", "hyperband"])
def test_leaves_everything_to_an_optuna_that_it_does_not_know(module, monkeypatch):
    monkeypatch.setattr(f"hpo_glue.sampling.{module}.IS_KNOWN", False)
    for cls, arguments in KINDS.values():
        theirs = getattr(optuna.pruners, cls.__name__)
        assert run(lambda: cls(**arguments), "minimize", 30, 20) == run(lambda: theirs(**arguments), "minimize", 30, 20)
