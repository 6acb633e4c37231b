"""Non-dominated sorting as Optuna 3.1 does it, trial by trial, from one comparison of all trials with each other."""

from __future__ import annotations

from typing import Any, Sequence

import numpy
from optuna.samplers._base import _CONSTRAINTS_KEY
from optuna.study import StudyDirection
from optuna.trial import FrozenTrial, TrialState

_MANY = 3_000  # trials, whose comparisons take too much memory


def fronts(
    population: list[FrozenTrial], directions: Sequence[StudyDirection], is_constrained: bool
) -> list[list[FrozenTrial]] | None:
    """The fronts, each in Optuna's order; None where Optuna has to sort."""
    dominates = _dominations(population, directions, is_constrained)
    if dominates is None:
        return None
    n_dominating = dominates.sum(axis=0)
    left = list(range(len(population)))
    found: list[list[FrozenTrial]] = []
    while left:
        front = _take(left, n_dominating.tolist())
        n_dominating -= dominates[front].sum(axis=0)
        found.append([population[place] for place in front])
    return found


def _take(left: list[int], n_dominating: list[int]) -> list[int]:
    """Takes out those that none dominates, the way Optuna does it: the order decides between equals."""
    front = []
    i = 0
    while i < len(left):
        if n_dominating[left[i]] > 0:
            i += 1
            continue
        front.append(left[i])
        last = left.pop()
        if i < len(left):
            left[i] = last
    return front


def _dominations(
    population: list[FrozenTrial], directions: Sequence[StudyDirection], is_constrained: bool
) -> numpy.ndarray | None:
    """Which trial (row) dominates which (column)."""
    if len(population) > _MANY or any(trial.state is not TrialState.COMPLETE for trial in population):
        return None
    values = [trial.values for trial in population]
    if any(len(row) != len(directions) for row in values):
        return None
    losses = numpy.array(values, dtype=float).reshape(len(population), len(directions))
    losses *= [-1.0 if direction == StudyDirection.MAXIMIZE else 1.0 for direction in directions]
    if numpy.isnan(losses).any():
        return None
    size = len(population)
    is_no_worse, is_better = numpy.ones((size, size), dtype=bool), numpy.zeros((size, size), dtype=bool)
    for loss in losses.T:
        is_no_worse &= loss[:, None] <= loss
        is_better |= loss[:, None] < loss
    dominates = is_no_worse & is_better
    return _with_constraints(population, dominates) if is_constrained else dominates


def _with_constraints(population: list[FrozenTrial], dominates: numpy.ndarray) -> numpy.ndarray | None:
    constraints: list[Any] = [trial.system_attrs.get(_CONSTRAINTS_KEY) for trial in population]
    if any(each is None or len(each) != len(constraints[0]) or numpy.isnan(each).any() for each in constraints):
        return None
    is_feasible = numpy.array([all(value <= 0 for value in each) for each in constraints], dtype=bool)
    violation = numpy.array([sum(value for value in each if value > 0) for each in constraints], dtype=float)
    # A feasible trial's violation is 0, and less than any other's.
    return numpy.where(is_feasible[:, None] & is_feasible, dominates, violation[:, None] < violation)
