import math
import pickle
import random

import optuna
import pytest
from optuna.samplers import GridSampler as Model
from optuna.trial import TrialState
from sampling_studies import both, finished, interleave, outcome

from hpo_glue import exhaustion
from hpo_glue.sampling import grid, visited
from hpo_glue.sampling.grid import GridSampler
from hpo_glue.sampling.points import Permutation

FLOAT = optuna.distributions.FloatDistribution(-9, 9)


def random_space(seed):
    chosen = random.Random(seed)
    kinds = [[0, 1, 2, 3], [0.5, -1.0, 2.25], ["a", "b"], [None, True, "x"], [1.5], [float("nan"), 1.0]]
    return {name: chosen.choice(kinds) for name in "zxy"[: chosen.randint(1, 3)]}


def objective_of(space):
    return lambda trial: float(len([trial.suggest_categorical(name, values) for name, values in space.items()]))


@pytest.mark.parametrize("seed", range(12))
def test_studies_are_optunas(seed):
    space = random_space(seed)

    def run(make):
        study = optuna.create_study(sampler=make(space, seed=seed))
        study.enqueue_trial({name: values[0] for name, values in space.items()})
        first = _optimize(study, objective_of(space), math.prod(map(len, space.values())) + 3)
        other = optuna.create_study(sampler=study.sampler)
        return first, _optimize(other, objective_of(space), 5), _optimize(study, objective_of(space), 2)

    assert repr_of(both(Model, GridSampler, run))


@pytest.mark.parametrize("seed", range(12))
def test_interleaved_workers_are_optunas(seed):
    space = random_space(seed + 100)
    dists = {name: optuna.distributions.CategoricalDistribution(values) for name, values in space.items()}

    def run(make):
        added = [
            finished(
                {name: values[place % len(values)] for name, values in space.items()},
                dists,
                [TrialState.COMPLETE, TrialState.FAIL][place % 2],
                system_attrs={"grid_id": place % 3, "search_space": space if place else {"q": [1]}},
            )
            for place in range(4)
        ]
        study = optuna.create_study()
        study.enqueue_trial({name: values[-1] for name, values in space.items()})
        return interleave(study, [make(space, seed=seed), make(space, seed=seed + 1)], objective_of(space), 60, seed, added)

    assert repr_of(both(Model, GridSampler, run))


def test_the_unvisited_ids_have_optunas_order():
    chosen = random.Random(1)
    for size in (3, 20, 90):
        space = {"x": list(range(size))}
        study = optuna.create_study()
        ours, model = GridSampler(space, seed=1), Model(space, seed=1)
        for grid_id in chosen.sample(range(size), size):
            assert ours._get_unvisited_grid_ids(study) == model._get_unvisited_grid_ids(study)
            attrs = {"grid_id": grid_id, "search_space": space}
            study.add_trial(finished({"x": 1.0}, {"x": FLOAT}, system_attrs=attrs))
        assert ours._get_unvisited_grid_ids(study) == model._get_unvisited_grid_ids(study) == []


def test_a_large_grid_begins_at_once():
    space = {f"x{place}": [0, 1] for place in range(30)}
    study = optuna.create_study(sampler=GridSampler(space, seed=1))
    study.optimize(lambda trial: sum(trial.suggest_int(name, 0, 1) for name in space), n_trials=50)
    points = {tuple(trial.params[name] for name in sorted(space)) for trial in study.trials}
    assert len(points) == 50
    assert all(0 <= trial.system_attrs["grid_id"] < 2**30 for trial in study.trials)
    assert 2 * len({point[0] for point in points}) == 4


@pytest.mark.parametrize("space", [{"x": list(range(5)), "y": list("abc")}, {"x": list(range(29))}])
def test_computed_points_are_all_evaluated_once(monkeypatch, space):
    monkeypatch.setattr(grid, "LIST_LIMIT", 4)
    study = optuna.create_study(sampler=pickle.loads(pickle.dumps(GridSampler(space, seed=3))))
    study.optimize(lambda trial: float(bool([trial.suggest_categorical(*item) for item in space.items()])), n_trials=1000)
    points = [tuple(sorted(trial.params.items())) for trial in study.trials]
    assert len(points) == len(set(points)) == math.prod(map(len, space.values()))
    study.optimize(lambda trial: float(bool([trial.suggest_categorical(*item) for item in space.items()])), n_trials=1)
    assert len(study.trials) == len(points) + 1


@pytest.mark.parametrize("size", [1, 2, 3, 17, 1000])
def test_a_permutation_has_each_number_once(size):
    shuffled = [Permutation(size, 5)(number) for number in range(size)]
    assert sorted(shuffled) == list(range(size))
    assert size < 17 or shuffled != sorted(shuffled)


def test_threads_evaluate_each_point():
    space = {"x": list(range(10)), "y": list(range(4))}
    study = optuna.create_study(sampler=GridSampler(space, seed=1))
    study.optimize(lambda trial: trial.suggest_int("x", 0, 9) + trial.suggest_int("y", 0, 3), n_jobs=4)
    assert len({tuple(trial.params.values()) for trial in study.trials}) == 40


@pytest.mark.filterwarnings("ignore")
def test_subclasses_with_their_own_idea_of_what_is_visited():
    class Own(GridSampler):
        def _get_unvisited_grid_ids(self, study):
            return [2]

        def _same_search_space(self, search_space):
            return False

    study = optuna.create_study(sampler=Own({"x": [1, 2, 3]}, seed=1))
    assert visited.space_of(study.sampler) is None
    assert visited.space_of(GridSampler({"x": [[1], 2]})) is None
    study.optimize(lambda trial: trial.suggest_int("x", 1, 3), n_trials=5)
    assert outcome(study)[0][-1]["grid_id"] == (0 if grid._CHOOSES_BEFORE else 2)
    assert not exhaustion.is_exhausted(study)


def test_a_finished_grid_is_known_to_be_finished():
    space = {"x": [1, 2, 3]}
    study = optuna.create_study(sampler=GridSampler(space))
    for _ in range(3):
        assert not exhaustion.is_exhausted(study)
        study.ask()
    assert exhaustion.is_exhausted(study)
    study.enqueue_trial({"x": 1})
    assert not exhaustion.is_exhausted(study)


def repr_of(results):
    """Whether they are the same; NaN is itself."""
    model, ours = results
    assert repr(ours) == repr(model)
    return True


def _optimize(study, objective, count):
    try:
        study.optimize(objective, n_trials=count)
    except KeyError as error:  # Optuna's, of an enqueued trial at the end of a grid
        return str(error), outcome(study)
    return outcome(study)
