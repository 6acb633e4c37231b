"""Samplers that have a last point: a study ends with it, and repeats none to reach a number of trials.

Optuna's own stop only the process that evaluated the last point: another one, or the next run, evaluates a point again.
"""

from __future__ import annotations

import logging
import os
from typing import Any, Iterable

from optuna.pruners import HyperbandPruner
from optuna.samplers import BruteForceSampler, GridSampler
from optuna.trial import FrozenTrial, TrialState

from hpo_glue.current_trials import current_trials
from hpo_glue.sampling.begun import Begun
from hpo_glue.sampling.brute_force import SEES_BRACKETS
from hpo_glue.sampling.looks import looked
from hpo_glue.sampling.visited import VisitedGrids, space_of

# A study's system attribute, for the launcher: the run whose workers found no further point.
KEY = "hpo:exhausted"

_logger = logging.getLogger("optuna.hpo")


def has_last_point(study: Any) -> bool:
    return isinstance(study.sampler, (GridSampler, BruteForceSampler))


def is_exhausted(study: Any) -> bool:
    """Whether every point has been begun. What waits is always taken first."""
    trials = current_trials(study)
    if isinstance(study.sampler, GridSampler):
        return _is_grid_begun(study, trials)
    with looked(study, trials, Begun) as begun:
        if begun.is_waiting or not begun.covers():
            return False
    return not (SEES_BRACKETS and isinstance(study.pruner, HyperbandPruner)) or _is_bracket_begun(study, trials)


def tell_if_exhausted(study: Any, wanted: int | None, counted: Iterable[TrialState]) -> None:
    """Says so where a run has ended before its study has the trials that were asked for."""
    if wanted is None or not has_last_point(study) or not is_exhausted(study):
        return
    count = len(current_trials(study, tuple(counted)))
    if count >= wanted:
        return
    name = type(study.sampler).__name__
    _logger.warning(f"{name} has no further point: the study ends with {count} of the {wanted} trials that were asked for.")
    run = os.environ.get("HPO_RUN")
    if run:
        study._storage.set_study_system_attr(study._study_id, KEY, run)


def _is_bracket_begun(study: Any, trials: list[FrozenTrial]) -> bool:
    """Whether every point has been begun in some bracket: then Optuna's sampler, which sees no other one, stops the study."""
    brackets: dict[int, list[FrozenTrial]] = {}
    for trial in trials:
        brackets.setdefault(study.pruner._get_bracket_id(study, trial), []).append(trial)
    for shown in brackets.values():
        begun = Begun()
        begun.look(shown)
        if begun.covers():
            return True
    return False


def _is_grid_begun(study: Any, trials: list[FrozenTrial]) -> bool:
    sampler = study.sampler
    space = space_of(sampler)
    if space is not None:
        with looked(study, trials, VisitedGrids, space) as grids:
            return not grids.is_waiting and grids.count() >= sampler._n_min_trials
    attrs = [trial.system_attrs for trial in trials if "grid_id" in trial.system_attrs]
    begun = {each["grid_id"] for each in attrs if sampler._same_search_space(each["search_space"])}
    return len(begun) >= sampler._n_min_trials and all(trial.state is not TrialState.WAITING for trial in trials)
