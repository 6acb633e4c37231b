"""Our NSGA samplers suggest what those of the installed Optuna do, and do not go through all trials for it."""

import functools
import pickle
import random
import warnings

import optuna
import pytest
from optuna.distributions import CategoricalDistribution, FloatDistribution
from optuna.trial import TrialState, create_trial

from hpo_glue.sampling import domination, nsga
from hpo_glue.sampling.generations import Generations


def violations(trial):
    return (trial.params["x"] - 0.6, 0.2 - trial.params["x"])


def some_violations(trial):
    return (trial.params["x"] - 0.6, -1.0) if trial.number % 3 else (-1.0, 0.0)


KINDS = {
    "one": ("NSGAIISampler", 1, {}),
    "two": ("NSGAIISampler", 2, {}),
    "three": ("NSGAIISampler", 3, {"mutation_prob": 0.3, "crossover_prob": 0.5}),
    "constrained": ("NSGAIISampler", 2, {"constraints_func": violations}),
    "constrained one": ("NSGAIISampler", 1, {"constraints_func": some_violations}),
    "simplex": ("NSGAIISampler", 2, {"crossover": "SPXCrossover"}),
}
if hasattr(nsga, "NSGAIIISampler"):
    KINDS["reference points"] = ("NSGAIIISampler", 2, {})
    KINDS["reference points, constrained"] = ("NSGAIIISampler", 3, {"constraints_func": violations})
SPACE = {"x": FloatDistribution(0, 1), "y": FloatDistribution(1e-3, 1, log=True), "c": CategoricalDistribution(["a", "b", "c"])}


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    monkeypatch.setattr(nsga, "_FEW", 5)


@pytest.fixture(autouse=True)
def _no_warnings():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def make(module, kind, seed=3):
    name, _, arguments = KINDS[kind]
    if "crossover" in arguments:
        arguments = {"crossover": getattr(optuna.samplers.nsgaii, arguments["crossover"])()}
    return getattr(module, name)(seed=seed, population_size=8, **arguments)


def values_of(params, count):
    x, y = params["x"], params["y"]
    rounded = round(x, 1)  # so that some are equal
    return [rounded + (params["c"] == "a"), float("inf") if x > 0.97 else (1 - rounded) ** 2 + round(y, 1), x * y][:count]


def generation_key(name):
    base = getattr(optuna.samplers, name)
    if hasattr(base, "_get_generation_key"):
        return base._get_generation_key()
    return {"NSGAIISampler": "nsga2:generation", "NSGAIIISampler": "nsga3:generation"}[name]


def added(kind, count, chance):
    """Trials of another study with the same sampler, and such without a generation."""
    name, n_objectives, _ = KINDS[kind]
    for number in range(count):
        state = chance.choice([TrialState.COMPLETE] * 6 + [TrialState.FAIL, TrialState.RUNNING, TrialState.WAITING])
        params = {"x": chance.random(), "y": chance.uniform(1e-3, 1), "c": chance.choice("abc")}
        attrs = {generation_key(name): number // 9} if chance.random() < 0.9 else {}
        if chance.random() < 0.95:
            attrs["constraints"] = [0.1 - params["x"], params["y"] - 0.9]
        yield create_trial(
            state=state,
            values=values_of(params, n_objectives) if state is TrialState.COMPLETE else None,
            params=params if state is not TrialState.WAITING else {},
            distributions=SPACE if state is not TrialState.WAITING else {},
            system_attrs=attrs if state is not TrialState.WAITING else {},
        )


def run(module, kind, prefix=0, n_trials=60, n_workers=2, storage=None, sampler=None, pruner=None):
    """The trials of several workers with a sampler each, which take turns by chance, and what the study keeps."""
    chance = random.Random(5)
    n_objectives = KINDS[kind][1]
    storage = storage or optuna.storages.InMemoryStorage()
    directions = ["minimize", "maximize", "minimize"][:n_objectives]
    first = optuna.create_study(study_name="s", storage=storage, directions=directions, pruner=pruner)
    studies = [first, *(optuna.load_study(study_name="s", storage=storage, pruner=pruner) for _ in range(n_workers - 1))]
    for seed, study in enumerate(studies):
        study.sampler = sampler() if sampler else make(module, kind, seed)
    for trial in added(kind, prefix, chance):
        storage.create_new_trial(first._study_id, trial)
    running = []
    for number in range(n_trials):
        if chance.random() < 0.1:
            first.enqueue_trial({"x": 0.5})
        study = studies[number % n_workers]
        running.append((study, study.ask()))
        while len(running) > (n_workers if number < n_trials - 1 else 0):
            study, trial = place = chance.choice(running)
            running.remove(place)
            params = {"x": trial.suggest_float("x", 0, 1), "y": trial.suggest_float("y", 1e-3, 1, log=True)}
            params["c"] = trial.suggest_categorical("c", ["a", "b", "c"])
            if chance.random() < 0.3:
                trial.suggest_int("n", 1, 9)
            if n_objectives == 1 and chance.random() < 0.1:
                trial.report(1.0, 1)
                study.tell(trial, state=TrialState.PRUNED)
            elif chance.random() < 0.1:
                study.tell(trial, state=TrialState.FAIL)
            else:
                study.tell(trial, values_of(params, n_objectives))
    trials = [(trial.params, trial.values, trial.state, trial.system_attrs) for trial in first.trials]
    return trials, storage.get_study_system_attrs(first._study_id)


@pytest.mark.parametrize("prefix", [0, 300])
@pytest.mark.parametrize("kind", KINDS)
def test_suggests_what_optuna_does(kind, prefix):
    assert run(nsga, kind, prefix) == run(optuna.samplers, kind, prefix)


@pytest.mark.parametrize("kind", ["one", "two"])
def test_suggests_what_optuna_does_alone(kind):
    assert run(nsga, kind, 0, 150, 1) == run(optuna.samplers, kind, 0, 150, 1)


@pytest.mark.parametrize("kind", ["two", "constrained"])
def test_suggests_what_optuna_does_on_a_database(kind):
    ours, theirs = (
        run(module, kind, 20, 20, storage=optuna.storages.RDBStorage("sqlite://")) for module in (nsga, optuna.samplers)
    )
    assert ours == theirs


def test_suggests_what_optuna_does_within_brackets():
    ours, theirs = (
        run(module, "one", 100, pruner=optuna.pruners.HyperbandPruner(max_resource=9)) for module in (nsga, optuna.samplers)
    )
    assert ours == theirs


def objective(trial):
    return values_of({name: trial._suggest(name, each) for name, each in SPACE.items()}, 2)


def test_serves_several_studies_and_new_ones_with_the_key_of_a_deleted_one():
    def params(module):
        sampler = make(module, "two")
        studies = [optuna.create_study(sampler=sampler, directions=["minimize"] * 2) for _ in range(2)]
        storage = optuna.storages.RDBStorage("sqlite://")
        for number in range(40):
            studies[number % 3 % 2].optimize(objective, n_trials=1)
        suggested = [[trial.params for trial in study.trials] for study in studies]
        sampler = make(module, "two")
        for count in (12, 20):  # SQLite gives the last key away again
            study = optuna.create_study(study_name="s", storage=storage, sampler=sampler, directions=["minimize"] * 2)
            study.optimize(objective, n_trials=count)
            suggested.append([trial.params for trial in study.trials])
            optuna.delete_study(study_name="s", storage=storage)
        return suggested

    assert params(nsga) == params(optuna.samplers)


def test_threads_share_a_sampler():
    study = optuna.create_study(sampler=make(nsga, "two"), directions=["minimize"] * 2)
    study.optimize(objective, n_trials=80, n_jobs=4)
    assert all(trial.state is TrialState.COMPLETE for trial in study.trials)


@pytest.mark.parametrize("kind", KINDS)
def test_can_be_pickled(kind):
    sampler = make(nsga, kind)
    assert isinstance(sampler, getattr(optuna.samplers, KINDS[kind][0]))
    study = optuna.create_study(sampler=sampler, directions=["minimize"] * 2)
    study.optimize(objective, n_trials=20)
    copy = pickle.loads(pickle.dumps(sampler))
    twin = pickle.loads(pickle.dumps(sampler))
    trials = []
    for each in (copy, twin):
        again = optuna.create_study(sampler=each, directions=["minimize"] * 2)
        again.optimize(objective, n_trials=20)
        trials.append([trial.params for trial in again.trials])
    assert trials[0] == trials[1]


def test_a_subclass_keeps_what_it_overrides():
    def subclass(base):
        class Reversed(base):
            def get_population(self, study, generation):
                return super().get_population(study, generation)[::-1]

            def _select_elite_population(self, study, population):
                return super()._select_elite_population(study, population)[::-1]

            def infer_relative_search_space(self, study, trial):
                return {name: each for name, each in super().infer_relative_search_space(study, trial).items() if name != "y"}

        return lambda: Reversed(seed=1, population_size=8)

    theirs = run(None, "two", 50, sampler=subclass(optuna.samplers.NSGAIISampler))
    assert run(None, "two", 50, sampler=subclass(nsga.NSGAIISampler)) == theirs


@pytest.mark.skipif(not hasattr(optuna.samplers, "NSGAIIISampler"), reason="no strategies before Optuna 3.3")
def test_keeps_a_strategy_of_the_user():
    def select(study, population):
        return chance.sample(population, min(8, len(population)))

    results = []
    for module in (nsga, optuna.samplers):
        chance = random.Random(1)
        make_one = functools.partial(module.NSGAIISampler, seed=1, population_size=8)
        results.append(run(None, "two", 100, sampler=lambda: make_one(elite_population_selection_strategy=select)))
    assert results[0] == results[1]


def test_leaves_everything_to_an_optuna_that_it_does_not_know(monkeypatch):
    monkeypatch.setattr(nsga.NSGAIISampler, "_is_known", False)
    monkeypatch.setattr(Generations, "__init__", None)
    assert run(nsga, "two", 50) == run(optuna.samplers, "two", 50)


def test_looks_at_old_trials_once(monkeypatch):
    study = optuna.create_study(sampler=make(nsga, "two"), directions=["minimize", "maximize"])
    for trial in added("two", 300, random.Random(1)):
        study._storage.create_new_trial(study._study_id, trial)
    for waiting in study.get_trials(states=(TrialState.WAITING,)):
        study._storage.set_trial_state_values(waiting._trial_id, TrialState.FAIL)
    study.optimize(objective, n_trials=20)
    looks = []
    distributions = optuna.trial.FrozenTrial.distributions
    monkeypatch.setattr(
        optuna.trial.FrozenTrial,
        "distributions",
        property(lambda trial: looks.append(trial.number) or distributions.fget(trial), distributions.fset),
    )
    study.ask()
    assert len([number for number in looks if number < 300]) < 50


@pytest.mark.parametrize("seed", range(20))
def test_sorts_as_optuna(seed):
    theirs = getattr(optuna.samplers.NSGAIISampler, "_fast_non_dominated_sort", None)
    if theirs is None:
        pytest.skip("a method of Optuna's before 3.3")
    chance = random.Random(seed)
    n_objectives = chance.randrange(1, 4)
    directions = [chance.choice(list(optuna.study.StudyDirection)[1:]) for _ in range(n_objectives)]
    is_constrained = chance.random() < 0.5
    population = []
    for number in range(chance.randrange(70)):
        values = [chance.choice([0.0, -0.0, 1.0, float("inf"), -float("inf"), chance.random()]) for _ in range(n_objectives)]
        trial = create_trial(values=values, system_attrs={"constraints": [chance.choice([-1.0, 0.0, 1.0]) for _ in range(2)]})
        trial.number = number
        population.append(trial)
    sampler = optuna.samplers.NSGAIISampler(constraints_func=violations if is_constrained else None)
    expected = sampler._fast_non_dominated_sort(list(population), directions)
    found = domination.fronts(population, directions, is_constrained)
    assert [[trial.number for trial in front] for front in found] == [[trial.number for trial in front] for front in expected]
