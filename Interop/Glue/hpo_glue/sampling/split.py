"""Which of a study's trials are the better ones, as Optuna's TPE divides them."""

from __future__ import annotations

from typing import Any

import numpy
from optuna.samplers._tpe import sampler as tpe
from optuna.trial import FrozenTrial

from hpo_glue.sampling import kernel
from hpo_glue.sampling.columns import COMPLETE, PRUNED, RUNNING, TrialColumns

_SELECTS_TRIALS = hasattr(tpe, "_split_complete_trials_multi_objective")  # before Optuna 3.2 it selects places


class Unusual(Exception):
    """A study that Optuna has to divide itself."""


def finished(columns: TrialColumns, is_shown: numpy.ndarray | bool) -> numpy.ndarray:
    """Which trials count as finished ones."""
    state = columns.column("state")
    is_pruned = (state == PRUNED) & is_shown
    is_complete = (state == COMPLETE) & is_shown
    if columns.objectives > 1 and is_pruned.any():
        if _SELECTS_TRIALS:
            raise Unusual
        return is_complete
    return is_complete | is_pruned


def running(columns: TrialColumns) -> numpy.ndarray:
    """Which trials run, as far as that has been put into the columns."""
    return columns.column("state") == RUNNING


def split(
    study: Any,
    columns: TrialColumns,
    trials: list[FrozenTrial],
    is_finished: numpy.ndarray,
    n_below: int,
    has_constraints: bool,
) -> numpy.ndarray:
    """The places of the ``n_below`` better ones, in Optuna's order: the feasible complete ones by value, pruned ones by their last step
    and its value, infeasible ones by violation, and of equals the older one."""
    violation = columns.column("violation")
    if columns.has_nan or has_constraints and numpy.isnan(violation[is_finished]).any():
        raise Unusual
    is_infeasible = (violation > 0) & has_constraints
    feasible = numpy.flatnonzero(is_finished & ~is_infeasible)
    if columns.objectives > 1:
        below = _best_of_several(study, columns, trials, feasible, min(n_below, len(feasible)))
    else:
        below = _smallest(feasible, n_below, columns.column("step"), columns.losses[:, 0])
    if len(below) < n_below:
        infeasible = numpy.flatnonzero(is_finished & is_infeasible)
        below = numpy.concatenate([below, _smallest(infeasible, n_below - len(below), violation)])
    if columns.objectives == 1 or _SELECTS_TRIALS or has_constraints:
        below.sort()
    return below


def _smallest(places: numpy.ndarray, count: int, *keys: numpy.ndarray) -> numpy.ndarray:
    """The ``count`` places with the smallest keys, the first of which counts most."""
    chosen = []
    for key in keys:
        if count >= len(places) or count <= 0:
            break
        values = key[places]
        bound = numpy.partition(values, count - 1)[count - 1]
        smaller = places[values < bound]
        chosen.append(smaller)
        count -= len(smaller)
        places = places[values == bound]
    return numpy.concatenate([*chosen, places[: max(count, 0)]])


def _best_of_several(
    study: Any, columns: TrialColumns, trials: list[FrozenTrial], places: numpy.ndarray, count: int
) -> numpy.ndarray:
    if count == 0:
        return places[:0]
    losses = columns.losses[places]
    # Optuna chooses among the fronts that it would come to; what lies behind them changes nothing.
    front = kernel.first_fronts(losses, count)
    places = places[front]
    if not _SELECTS_TRIALS:
        scores = [(-numpy.inf, list(loss)) for loss in losses[front]]
        return places[tpe._split_observation_pairs(scores, count, None)[0]]
    candidates = [trials[place] for place in places]
    chosen = {id(trial) for trial in tpe._split_complete_trials_multi_objective(candidates, study, count)[0]}
    return places[[id(trial) in chosen for trial in candidates]]
