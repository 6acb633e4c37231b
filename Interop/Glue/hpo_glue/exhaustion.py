"""Samplers that have a last point: a study ends with it, and repeats none to reach a number of trials.

Optuna's own stop only the process that evaluated the last point: another one, or the next run, evaluates a point again.
"""

from __future__ import annotations

import logging
import os
from typing import Any, Iterable

from optuna.distributions import BaseDistribution, CategoricalDistribution
from optuna.samplers import BruteForceSampler, GridSampler
from optuna.trial import FrozenTrial, TrialState

# A study's system attribute, for the launcher: the run whose workers found no further point.
KEY = "hpo:exhausted"

_logger = logging.getLogger("optuna.hpo")


def has_last_point(study: Any) -> bool:
    return isinstance(study.sampler, (GridSampler, BruteForceSampler))


def is_exhausted(study: Any) -> bool:
    """Whether every point has been begun. What waits is always taken first."""
    trials = study.get_trials(deepcopy=False)
    if any(trial.state == TrialState.WAITING for trial in trials):
        return False
    if isinstance(study.sampler, GridSampler):
        return len(_begun_grid_ids(study.sampler, trials)) >= study.sampler._n_min_trials
    # A trial that runs goes on below the parameters that it has, and one without parameters is yet to choose.
    return _covers([_path(trial) for trial in trials if trial.params or trial.state.is_finished()], 0)


def tell_if_exhausted(study: Any, wanted: int | None, counted: Iterable[TrialState]) -> None:
    """Says so where a run has ended before its study has the trials that were asked for."""
    if wanted is None or not has_last_point(study) or not is_exhausted(study):
        return
    count = len(study.get_trials(deepcopy=False, states=tuple(counted)))
    if count >= wanted:
        return
    name = type(study.sampler).__name__
    _logger.warning(f"{name} has no further point: the study ends with {count} of the {wanted} trials that were asked for.")
    run = os.environ.get("HPO_RUN")
    if run:
        study._storage.set_study_system_attr(study._study_id, KEY, run)


def _begun_grid_ids(sampler: GridSampler, trials: Iterable[FrozenTrial]) -> set[int]:
    return {
        trial.system_attrs["grid_id"]
        for trial in trials
        if "grid_id" in trial.system_attrs and sampler._same_search_space(trial.system_attrs["search_space"])
    }


def _path(trial: FrozenTrial) -> list[tuple[int | None, Any]]:
    """For each parameter, in the order of the suggestions, how many values it may have and which one it has."""
    return [(_size(space), space.to_internal_repr(trial.params[name])) for name, space in trial.distributions.items()]


def _covers(paths: list[list[tuple[int | None, Any]]], depth: int) -> bool:
    """Whether trials have been begun at each value of each parameter that they suggest from here on."""
    if not paths:
        return False
    if any(len(path) == depth for path in paths):
        return True
    size = paths[0][depth][0]
    below: dict[Any, list] = {}
    for path in paths:
        below.setdefault(path[depth][1], []).append(path)
    return len(below) == size and all(_covers(inner, depth + 1) for inner in below.values())


def _size(space: BaseDistribution) -> int | None:
    """The number of values; None for one without an end."""
    if isinstance(space, CategoricalDistribution):
        return len(space.choices)
    if space.step is None:
        return None
    return int(round((space.high - space.low) / space.step)) + 1
