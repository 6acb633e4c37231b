"""Each suggestion of the native TPE is Optuna's own, over random spaces, histories and options."""

import math
import os
import pickle
import random
import warnings

import numpy
import optuna
import pytest
from conftest import LONG
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState, create_trial

VERSION = tuple(int(part) for part in optuna.__version__.split(".")[:2])
STUDIES = int(os.environ.get("HPO_TEST_SAMPLING_STUDIES", "60" if LONG else "30"))

SPACES = [
    FloatDistribution(-5, 5),
    FloatDistribution(1e-5, 1, log=True),
    FloatDistribution(0, 1, step=0.1),
    FloatDistribution(-1e3, 1e3, step=0.001),
    FloatDistribution(-1e308, 1e308),
    FloatDistribution(1.0, math.nextafter(1.0, 2.0)),
    FloatDistribution(1e-300, 1e300, log=True),
    IntDistribution(0, 10),
    IntDistribution(1, 1024, log=True),
    IntDistribution(0, 1_000_000),
    IntDistribution(-(2**40), 2**40),
    IntDistribution(0, 100, step=7),
    CategoricalDistribution(["a", "b", None, 2.5]),
    CategoricalDistribution([True, False]),
    CategoricalDistribution([f"choice {index}" for index in range(30)]),
    CategoricalDistribution(["only"]),
]


@pytest.fixture(scope="module")
def fast():
    import hpo_glue  # noqa: F401: from its files, before .NET brings its own copy
    import hpo_dotnet

    hpo_dotnet.start()
    from hpo_glue.sampling import kernel
    from hpo_glue.sampling.tpe import TPESampler

    assert kernel.is_here()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hpo_glue.sampling.tpe._FEW", 0)
        yield TPESampler


def value_of(space, rng, spread):
    """A value of a space; with a small spread one of few."""
    if isinstance(space, CategoricalDistribution):
        return rng.choice(space.choices[: max(1, int(len(space.choices) * spread))])
    share = rng.random() if spread == 1 else rng.choice([0.0, 0.3, 0.3, spread, 1.0])
    if space.log:
        value = math.exp(math.log(space.low) + share * (math.log(space.high) - math.log(space.low)))
    else:
        value = space.low * (1 - share) + space.high * share
    if space.step is not None:
        value = space.low + round((value - space.low) / space.step) * space.step
    value = min(max(value, space.low), space.high)
    return int(value) if isinstance(space, IntDistribution) else value


def history(rng, spaces, objectives, count, has_constraints):
    for number in range(count):
        spread = rng.choice([1, 1, 1, 0.5])
        held = {name: space for name, space in spaces.items() if rng.random() < 0.95}
        params = {name: value_of(space, rng, spread) for name, space in held.items()}
        state = rng.choice([TrialState.COMPLETE] * 5 + [TrialState.FAIL] + [TrialState.PRUNED] * (3 if objectives == 1 else 0))
        steps = {step: rng.choice([rng.gauss(0, 1), 0.5, math.nan, math.inf]) for step in range(rng.randrange(4))}
        values = [rng.choice([rng.gauss(0, 1), float(rng.randrange(3)), -math.inf]) for _ in range(objectives)]
        attributes = {"constraints": [rng.choice([-1.0, 0.0, rng.random()])]} if has_constraints else {}
        yield create_trial(
            state=state,
            values=values if state == TrialState.COMPLETE else None,
            params=params,
            distributions=held,
            intermediate_values=steps if objectives == 1 else {},
            system_attrs=attributes,
        )


def options_of(rng, objectives):
    options = {
        "n_startup_trials": rng.choice([1, 10]),
        "consider_endpoints": rng.random() < 0.3,
        "consider_magic_clip": rng.random() < 0.8,
        "prior_weight": rng.choice([1.0, 0.3]),
        "multivariate": rng.random() < 0.4,
        "constant_liar": rng.random() < 0.3 and objectives == 1,
        "n_ei_candidates": rng.choice([24, 24, 5]),
    }
    if options["multivariate"]:
        options["group"] = rng.random() < 0.3
    if rng.random() < 0.2:
        options["gamma"] = lambda count: min(count, 1 + count // 3)
    if rng.random() < 0.2:
        options["weights"] = lambda count: numpy.linspace(1, 2, count)
    return options


def outcome(function):
    """The result, or the error's text."""
    try:
        result = function()
    except Exception as error:
        return type(error).__name__, str(error)
    return repr(result)


@pytest.mark.parametrize("seed", range(STUDIES))
def test_each_suggestion_is_optunas_own(fast, seed):
    rng = random.Random(seed)
    objectives = rng.choice([1, 1, 1, 2, 3])
    has_constraints = rng.random() < 0.2
    spaces = {f"x{index}": rng.choice(SPACES) for index in range(rng.randrange(1, 5))}
    options = options_of(rng, objectives)
    if has_constraints:
        options["constraints_func"] = lambda trial: trial.system_attrs.get("constraints", [0.0])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        study = optuna.create_study(directions=[rng.choice(["minimize", "maximize"]) for _ in range(objectives)])
        count = rng.choice([0, 5, 40, 150, 400])
        study.add_trials(history(rng, spaces, objectives, count, has_constraints))
        if rng.random() < 0.5:  # others at work
            study.enqueue_trial({name: value_of(space, rng, 1) for name, space in spaces.items()})
            running = study.ask()
            for name, space in list(spaces.items())[: rng.randrange(len(spaces) + 1)]:
                running._suggest(name, space)
        compared = 0
        with numpy.errstate(all="ignore"):
            for repetition in range(4):
                frozen = study._storage.get_trial(study._storage.create_new_trial(study._study_id))
                samplers = [cls(seed=100 * seed + repetition, **options) for cls in (optuna.samplers.TPESampler, fast)]
                relative = [outcome(lambda: sampler.infer_relative_search_space(study, frozen)) for sampler in samplers]
                assert relative[0] == relative[1]
                space = samplers[0].infer_relative_search_space(study, frozen)
                chosen = [outcome(lambda: sampler.sample_relative(study, frozen, space)) for sampler in samplers]
                assert chosen[0] == chosen[1]
                for name, distribution in spaces.items():
                    if distribution.single():
                        continue
                    single = [outcome(lambda: each.sample_independent(study, frozen, name, distribution)) for each in samplers]
                    assert single[0] == single[1], (name, distribution, options)
                    compared += 1
        assert compared or all(space.single() for space in spaces.values())


def objective(trial):
    x, n = trial.suggest_float("x", -5, 5), trial.suggest_int("n", 1, 20)
    kind = trial.suggest_categorical("kind", ["a", "b"])
    if kind == "a":
        x += trial.suggest_float("y", 1e-3, 1, log=True)
    for step in range(3):
        trial.report(x * x + n - step, step)
        if trial.should_prune():
            raise optuna.TrialPruned
    return x * x + n


@pytest.mark.parametrize("pruner", [optuna.pruners.MedianPruner(), optuna.pruners.HyperbandPruner(1, 3)])
@pytest.mark.parametrize("options", [{}, {"multivariate": True}, {"multivariate": True, "group": True}, {"constant_liar": True}])
def test_a_study_on_top_of_a_long_one_is_the_same(fast, options, pruner):
    results = []
    for cls in (optuna.samplers.TPESampler, fast):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            study = optuna.create_study(study_name="same", sampler=cls(seed=3, **options), pruner=pickle.loads(pickle.dumps(pruner)))
            earlier = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1), pruner=optuna.pruners.MedianPruner())
            earlier.optimize(objective, n_trials=300)
            study.add_trials(earlier.trials)
            study.optimize(objective, n_trials=30)
        results.append([(trial.params, trial.state, trial.values) for trial in study.trials])
    assert results[0] == results[1]


@pytest.mark.parametrize("gamma", [None, lambda count: count])
@pytest.mark.parametrize("objectives", [2, 3])
def test_a_study_of_several_objectives_is_the_same(fast, objectives, gamma):
    def evaluate(trial):
        depth, kind = trial.suggest_int("depth", 1, 12), trial.suggest_categorical("kind", ["tree", "line"])
        leaf = trial.suggest_float("leaf", 0.25, 1, step=0.25) if kind == "tree" else 0.5
        return [depth * 3.0, depth * depth - leaf, -leaf][:objectives]

    results = []
    for cls in (optuna.samplers.TPESampler, fast):
        options = {} if gamma is None else {"gamma": gamma}
        study = optuna.create_study(sampler=cls(seed=5, **options), directions=["minimize", "maximize", "minimize"][:objectives])
        study.optimize(evaluate, n_trials=60 if gamma is None else 20)  # Optuna's choice among many takes its time
        results.append([trial.params for trial in study.trials])
    assert results[0] == results[1]


@pytest.mark.parametrize("seed", range(20))
def test_densities_are_optunas_but_for_rounding(fast, seed):
    from hpo_glue.sampling.parzen import log_density

    rng = random.Random(seed)
    spaces = {name: rng.choice([space for space in SPACES if not space.single() and abs(space_end(space)) < 1e9]) for name in "ab"}
    values = {
        name: numpy.array([space.to_internal_repr(value_of(space, rng, 1)) for _ in range(500)]) for name, space in spaces.items()
    }
    sampler = fast(seed=seed, multivariate=True)
    estimator = optuna.samplers._tpe.parzen_estimator._ParzenEstimator(values, spaces, sampler._parzen_estimator_parameters)
    samples = estimator.sample(numpy.random.RandomState(seed), 50)
    computed, tolerance = log_density(estimator, samples)
    assert numpy.abs(computed - estimator.log_pdf(samples)).max() < tolerance / 100


def space_end(space):
    return 0 if isinstance(space, CategoricalDistribution) else space.high


def test_two_workers_of_one_study_choose_as_optunas_do(fast):
    results = []
    for cls in (optuna.samplers.TPESampler, fast):
        storage = optuna.storages.InMemoryStorage()
        workers = [
            optuna.create_study(storage=storage, study_name="s", load_if_exists=True, sampler=cls(seed=seed)) for seed in (1, 2)
        ]
        for _ in range(40):
            trials = [worker.ask() for worker in workers]
            values = [trial.suggest_float("x", -5, 5) ** 2 for trial in trials]
            values = [value + trial.suggest_float("y", 0, 1) for value, trial in zip(values, trials)]
            for worker, trial, value in zip(reversed(workers), reversed(trials), reversed(values)):
                worker.tell(trial, value)
        results.append([trial.params for trial in workers[0].trials])
    assert results[0] == results[1]


@pytest.mark.parametrize("options", [{}, {"multivariate": True}, {"constant_liar": True}])
def test_what_another_worker_finishes_in_the_midst_of_a_trial_counts_as_for_optunas(fast, options):
    options = {"multivariate": False, "constant_liar": False, **options}
    results = []
    for cls in (optuna.samplers.TPESampler, fast):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workers = [optuna.create_study(study_name="s", sampler=cls(seed=1, **options))]
            workers.append(optuna.load_study(study_name="s", storage=workers[0]._storage, sampler=cls(seed=2, **options)))
            workers[0].optimize(objective, n_trials=20)
            for _ in range(40):
                trial = workers[0].ask()
                value = trial.suggest_float("x", -5, 5) ** 2
                workers[1].optimize(objective, n_trials=1)
                value += trial.suggest_int("n", 1, 20)
                workers[1].optimize(objective, n_trials=2)
                value += trial.suggest_categorical("kind", ["a", "b"]) == "a" and trial.suggest_float("y", 1e-3, 1, log=True)
                workers[0].tell(trial, value)
        results.append([trial.params for trial in workers[0].trials])
    assert results[0] == results[1]


def test_what_another_worker_finishes_meanwhile_is_no_candidate_of_several_objectives(fast):
    def evaluate(trial):
        x = trial.suggest_float("x", -5, 5)
        return x * x, trial.suggest_int("n", 1, 20) - x

    results = []
    for cls in (optuna.samplers.TPESampler, fast):
        first, second = (cls(seed=seed, multivariate=False, constant_liar=False) for seed in (1, 2))
        workers = [optuna.create_study(study_name="s", sampler=first, directions=["minimize", "maximize"])]
        workers.append(optuna.load_study(study_name="s", storage=workers[0]._storage, sampler=second))
        workers[0].optimize(evaluate, n_trials=15)
        for _ in range(15):
            trial = workers[0].ask()
            x = trial.suggest_float("x", -5, 5)
            # The best ones so far; the second one's suggestions are made with the first one.
            workers[1].optimize(lambda other: (evaluate(other)[0] - other.number, other.number), n_trials=2)
            workers[0].tell(trial, [x * x, trial.suggest_int("n", 1, 20) - x])
        results.append([trial.params for trial in workers[0].trials])
    assert results[0] == results[1]


def test_a_study_that_takes_a_deleted_ones_key_starts_anew(fast, tmp_path):
    results = []
    for cls in (optuna.samplers.TPESampler, fast):
        storage = optuna.storages.get_storage(f"sqlite:///{tmp_path}/{cls.__module__}.db")
        keys = []
        for seed in (1, 2):  # SQLite gives the first one's key to the second
            study = optuna.create_study(storage=storage, study_name="s", sampler=cls(seed=seed, n_startup_trials=1))
            keys.append(study._study_id)
            if seed == 1:
                study.ask()  # and nobody ever tells its value
            study.optimize(lambda trial: seed * trial.suggest_float("x", -5, 5) ** 2, n_trials=20)
            results.append([trial.params for trial in study.trials])
            optuna.delete_study(study_name="s", storage=storage)
        assert keys == [1, 1]
    assert results[:2] == results[2:]


def test_a_class_in_the_estimators_place_is_used(fast):
    if VERSION < (4, 0):
        pytest.skip("Optuna 3.1 has no place for one")
    used = []

    class Estimator(optuna.samplers._tpe.parzen_estimator._ParzenEstimator):
        def sample(self, *arguments):
            used.append(self)
            return super().sample(*arguments)

    sampler = fast(seed=1)
    sampler._parzen_estimator_cls = Estimator
    optuna.create_study(sampler=sampler).optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=12)
    assert used


def test_it_can_be_pickled_before_and_after_use(fast):
    study = optuna.create_study(sampler=fast(seed=1))
    study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=15)
    copy = pickle.loads(pickle.dumps(study.sampler))
    other = optuna.create_study(sampler=copy)
    other.add_trials(study.trials)
    study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=5)
    other.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=5)
    assert [trial.params for trial in other.trials] == [trial.params for trial in study.trials]
