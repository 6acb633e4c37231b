import pickle
import random
import time
from contextlib import nullcontext, suppress

import optuna
import pytest
from optuna.samplers import BruteForceSampler as Model
from optuna.trial import TrialState
from sampling_studies import both, finished, interleave, outcome

from hpo_glue import exhaustion
from hpo_glue.budget import limit_total_trials
from hpo_glue.errors import BudgetSpent
from hpo_glue.sampling import brute_force
from hpo_glue.sampling.brute_force import BruteForceSampler
from hpo_glue.sampling.enqueued import Values, is_equal

pytestmark = pytest.mark.filterwarnings("ignore")
HAS_OPTION = "avoid_premature_stop" in brute_force._parameters(Model.__init__)
OPTIONS = [{}, {"avoid_premature_stop": True}] if HAS_OPTION else [{}]


def plain(trial):
    return trial.suggest_int("a", 0, 3) + trial.suggest_float("b", 0, 0.3, step=0.1) + trial.suggest_int("c", 1, 9, step=4)


def conditional(trial):
    kind = trial.suggest_categorical("kind", ["none", "x", 3, None])
    if kind == "none":
        return 0.0
    if kind == "x":
        low = trial.suggest_int("low", 0, 2)
        return trial.suggest_int(f"high{low}", low, 3)
    return trial.suggest_float("x", -1, 1, step=0.5) * (trial.suggest_categorical("flag", [True, False]) if kind else 1)


def dependent(trial):
    low = trial.suggest_int("low", 0, 3)
    return trial.suggest_int("high", low, 4)


def many(trial):
    """Values that Optuna 3.1 takes for the same."""
    trial.suggest_categorical("same", ["a", 1, 1.0, True])
    return trial.suggest_int("n", 1_000_000, 1_000_030)


def inconsistent(trial):
    names = ["a", "b"] if trial.number % 5 else ["b", "a"]
    return sum(trial.suggest_int(name, 0, 2) for name in names)


def failing(trial):
    a = trial.suggest_int("a", 0, 3)
    if trial.number % 7 == 5:
        raise RuntimeError("before b")
    return a + trial.suggest_int("b", 0, 3)


def stray(trial):
    return trial.suggest_int("a", 0, 8, step=2) + trial.suggest_int("b", 0, 2)


def empty(trial):
    return 1.0


OBJECTIVES = [plain, conditional, dependent, many, inconsistent, failing, stray, empty]


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_studies_are_optunas(objective, options):
    def run(make):
        study = optuna.create_study(sampler=make(seed=1, **options))
        results = []
        for each in (study, optuna.create_study(sampler=study.sampler), study):
            each.enqueue_trial({"a": 3, "b": 0.2, "kind": "x"})
            each.enqueue_trial({})
            try:
                each.optimize(objective, n_trials=60, catch=(RuntimeError,))
            except Exception as error:
                results.append((type(error), str(error)))
            results.append(outcome(each))
        return results

    model, ours = both(Model, BruteForceSampler, run)
    assert repr(ours) == repr(model)


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("seed", range(3))
def test_interleaved_workers_are_optunas(objective, options, seed):
    def run(make):
        chosen = random.Random(seed)
        study = optuna.create_study()
        probe = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=seed))
        probe.optimize(objective, n_trials=10, catch=(RuntimeError,))
        added = [
            finished(trial.params, trial.distributions, chosen.choice([TrialState.COMPLETE, TrialState.PRUNED]))
            for trial in probe.trials
            if trial.state is TrialState.COMPLETE
        ]
        study.enqueue_trial({"a": 1, "b": 0.1})
        samplers = [make(seed=seed, **options), make(seed=seed + 1, **options)]
        return interleave(study, samplers, objective, 80, seed, added)

    model, ours = both(Model, BruteForceSampler, run)
    assert repr(ours) == repr(model)


@pytest.mark.parametrize("seed", range(12))
def test_random_spaces(seed):
    chosen = random.Random(seed)
    sizes = [[chosen.randint(1, 4) for _ in range(4)] for _ in range(3)]
    stops = [chosen.randrange(4) for _ in range(3)]

    def objective(trial):
        branch = trial.suggest_int("branch", 0, 2)
        return sum(trial.suggest_int(f"{branch}.{place}", 0, size) for place, size in enumerate(sizes[branch][: stops[branch]]))

    def run(make):
        study = optuna.create_study()
        partial = optuna.samplers.PartialFixedSampler({"0.0": 1, "1.0": 0}, make(seed=seed + 1))
        return interleave(study, [make(seed=seed), partial], objective, 150, seed)

    model, ours = both(Model, BruteForceSampler, run)
    assert repr(ours) == repr(model)


def test_pruners_that_split_a_study():
    def run(make):
        study = optuna.create_study(study_name="brackets", sampler=make(seed=1), pruner=optuna.pruners.HyperbandPruner(1, 4))

        def objective(trial):
            value = plain(trial)
            for step in range(4):
                trial.report(value, step)
                if trial.should_prune():
                    raise optuna.TrialPruned
            return value

        try:
            study.optimize(objective, n_trials=40)
        except Exception as error:
            return type(error), outcome(study)
        return outcome(study)

    model, ours = both(Model, BruteForceSampler, run)
    assert repr(ours) == repr(model)


def test_threads_and_pickling():
    study = optuna.create_study(sampler=pickle.loads(pickle.dumps(BruteForceSampler(seed=1))))

    def objective(trial):
        value = plain(trial)
        # Optuna 4.1 ends where all is done but what is below a trial in the midst of its suggestions: no thread may wait there.
        time.sleep(0.005)
        return value

    study.optimize(objective, n_jobs=4)
    assert len({tuple(trial.params.values()) for trial in study.trials}) == 48


def test_a_deleted_studys_trials_are_forgotten(tmp_path):
    def run(make):
        storage = optuna.storages.RDBStorage(f"sqlite:///{tmp_path}/{make.__module__}.db")
        results = []
        for name in "ab":
            study = optuna.create_study(study_name=name, storage=storage, sampler=make(seed=1))
            study.optimize(dependent, n_trials=2)
            results.append((study._study_id, outcome(study)))
            optuna.delete_study(study_name=name, storage=storage)
        return results

    model, ours = both(Model, BruteForceSampler, run)
    assert repr(ours) == repr(model)
    assert ours[0][0] == ours[1][0]


@pytest.mark.parametrize("seed", range(4))
def test_values_are_found_that_are_close(seed):
    chosen = random.Random(seed)
    numbers = [float("nan"), float("inf"), 0, 0.0, True, False, 1, "1", None, (1, 2), [1], -1.0]
    numbers += [chosen.choice([-1, 1]) * 10 ** chosen.uniform(-300, 300) for _ in range(100)]
    numbers += [number * (1 + chosen.choice([-1, 1]) * chosen.choice([0.99, 1, 1.01]) * 1e-5) for number in numbers[12:]]
    values = Values()
    for number in numbers[::2]:
        values.below(number)
    for number in numbers:
        expected = any(is_equal(number, other) for other in numbers[::2])
        assert any(True for _ in values.matching(number)) == expected


@pytest.mark.parametrize("objective", [plain, conditional, dependent])
def test_the_end_is_known(objective):
    study = optuna.create_study(sampler=BruteForceSampler(seed=1))
    study.optimize(objective, n_trials=200)
    assert exhaustion.is_exhausted(study)
    assert len({str(trial.params) for trial in study.trials}) == len(study.trials)


@pytest.mark.parametrize("seed", range(10))
def test_under_hyperband_a_study_ends_where_optunas_does(seed):
    if brute_force._ENQUEUES:
        pytest.skip("Optuna 3.1 does not have the two work together")

    def objective(trial):
        value = trial.suggest_int("x", 0, 2) + trial.suggest_int("y", 0, 4)
        for step in range(1, 5):
            trial.report(value + (trial.number % 3 - 1) * step, step)
            if trial.should_prune():
                raise optuna.TrialPruned
        return value

    outcomes = []
    for limited in (lambda _: nullcontext(), lambda study: limit_total_trials(study, None)):
        study = optuna.create_study(study_name=f"{seed}", sampler=Model(seed=seed), pruner=optuna.pruners.HyperbandPruner(1, 4))
        with suppress(BudgetSpent), limited(study):
            study.optimize(objective, n_trials=100)
        outcomes.append(outcome(study))
        assert exhaustion.is_exhausted(study)
    assert outcomes[0] == outcomes[1]
    assert 15 <= len(outcomes[0]) < 100


def test_subclasses_go_optunas_way(monkeypatch):
    monkeypatch.setattr(brute_force, "_HAS_TREE", False)
    monkeypatch.setattr(brute_force, "_ENQUEUES", False)
    model, ours = both(Model, BruteForceSampler, lambda make: _optimized(make(seed=2)))
    assert repr(ours) == repr(model)


def _optimized(sampler):
    study = optuna.create_study(sampler=sampler)
    study.optimize(conditional)
    return outcome(study)
