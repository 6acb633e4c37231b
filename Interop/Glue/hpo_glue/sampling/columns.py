"""What TPE wants to know of a study's finished trials, as columns with a row for each trial."""

from __future__ import annotations

import math
from typing import Any

import numpy
from optuna.distributions import BaseDistribution
from optuna.samplers._base import _CONSTRAINTS_KEY
from optuna.trial import FrozenTrial, TrialState

from hpo_glue.sampling.history import History

NEITHER, COMPLETE, PRUNED, RUNNING = range(4)
_STATES = {TrialState.COMPLETE: COMPLETE, TrialState.PRUNED: PRUNED, TrialState.RUNNING: RUNNING}
_NO_STEP = 1.0  # as Optuna has it: behind all that have reported, whose keys are -step

# From Optuna 5.0 a trial says itself what it violates; before, one without constraints is told from one that keeps them.
_HAS_CONSTRAINTS = hasattr(FrozenTrial, "constraints")


class TrialColumns(History):
    """``signs`` holds 1 for each objective that is minimized, and -1 for the others."""

    def __init__(self, signs: tuple[int, ...]) -> None:
        super().__init__()
        self._signs = signs
        self.forget()

    def forget(self) -> None:
        super().forget()
        self.version = 0
        self.has_nan = False
        self.splits: dict[tuple, Any] = {}
        self._columns = {
            "number": numpy.empty(0, dtype=numpy.int64),
            "state": numpy.empty(0, dtype=numpy.int8),
            "step": numpy.empty(0),
            "violation": numpy.empty(0),
            **{f"loss{index}": numpy.empty(0) for index in range(len(self._signs))},
        }
        self._params: dict[str, numpy.ndarray] = {}
        # The places of finished trials by a parameter's value, and how many of them were taken before.
        self._orders: dict[str, tuple[numpy.ndarray, int]] = {}
        self._finished: list[int] = []
        # Where in it begins what each call of ``follow`` has added.
        self._additions: list[int] = []
        self._counted = 0

    def follow(self, trials: list[FrozenTrial]) -> None:
        super().follow(trials)
        if len(self._finished) > self._counted:
            self._additions.append(self._counted)
            self._counted = len(self._finished)

    def newer(self, trials: list[FrozenTrial]) -> list[int]:
        """The places of what has finished since these trials were listed: Optuna keeps one list while a trial is sampled, and another
        worker may have followed a later one."""
        newer: list[int] = []
        end = len(self._finished)
        for begin in reversed(self._additions):
            added = self._finished[begin:end]
            hidden = [place for place in added if place >= len(trials) or not trials[place].state.is_finished()]
            newer += hidden
            if len(hidden) < len(added):
                break  # a list that shows some of these shows all that was added before
            end = begin
        return newer

    def add(self, place: int, trial: FrozenTrial) -> None:
        self._put(place, trial, trial.params, trial.distributions)
        self._finished.append(place)

    def put_running(
        self, place: int, trial: FrozenTrial, params: dict[str, Any], distributions: dict[str, BaseDistribution]
    ) -> None:
        """Takes what is known of a trial that runs; its row is written again when it has finished."""
        self._put(place, trial, params, distributions)

    def column(self, name: str) -> numpy.ndarray:
        """``number``, ``state``, ``step`` or ``violation``."""
        return self._columns[name][: self.size]

    @property
    def objectives(self) -> int:
        return len(self._signs)

    @property
    def losses(self) -> numpy.ndarray:
        """A row for each trial."""
        return numpy.stack([self.column(f"loss{index}") for index in range(len(self._signs))], axis=1)

    def values(self, name: str) -> numpy.ndarray:
        """A parameter's internal values; NaN where a trial lacks it."""
        known = self._params.get(name)
        return numpy.full(self.size, numpy.nan) if known is None else known[: self.size]

    def _put(
        self, place: int, trial: FrozenTrial, params: dict[str, Any], distributions: dict[str, BaseDistribution]
    ) -> None:
        self.version += 1
        self._reserve(place)
        columns = self._columns
        columns["number"][place] = trial.number
        columns["state"][place] = state = _STATES.get(trial.state, NEITHER)
        if state == COMPLETE:
            columns["step"][place] = -math.inf
            losses = [sign * value for sign, value in zip(self._signs, trial.values)]
        elif state == PRUNED and trial.intermediate_values:
            step, value = max(trial.intermediate_values.items())
            columns["step"][place] = -step
            losses = [math.inf if math.isnan(value) else self._signs[0] * value] * len(self._signs)
        else:
            columns["step"][place] = _NO_STEP
            losses = [0.0] * len(self._signs)
        for index, loss in enumerate(losses):
            columns[f"loss{index}"][place] = loss
            self.has_nan |= math.isnan(loss)
        columns["violation"][place] = _violation(trial)
        for name, value in params.items():
            if name in distributions:
                self._values_of(name)[place] = distributions[name].to_internal_repr(value)

    def _values_of(self, name: str) -> numpy.ndarray:
        if name not in self._params:
            self._params[name] = numpy.full(len(self._columns["state"]), numpy.nan)
        return self._params[name]

    def order(self, name: str) -> numpy.ndarray:
        """The places of the finished trials that have a parameter, by its value."""
        values = self.values(name)
        order, taken = self._orders.get(name, (numpy.empty(0, dtype=numpy.int64), 0))
        if taken < len(self._finished):
            new = numpy.array(self._finished[taken:])
            new = new[~numpy.isnan(values[new])]
            new = new[numpy.argsort(values[new])]
            order = numpy.insert(order, numpy.searchsorted(values[order], values[new]), new)
            self._orders[name] = order, len(self._finished)
        return order

    @property
    def size(self) -> int:
        return self._known

    def _reserve(self, place: int) -> None:
        capacity = len(self._columns["state"])
        if place < capacity:
            return
        more = max(place + 1 - capacity, capacity, 64)
        for name, column in self._columns.items():
            self._columns[name] = numpy.concatenate([column, numpy.zeros(more, dtype=column.dtype)])
        for name, column in self._params.items():
            self._params[name] = numpy.concatenate([column, numpy.full(more, numpy.nan)])


def _violation(trial: FrozenTrial) -> float:
    """How much a trial violates its constraints; NaN where nobody knows."""
    constraints = trial.constraints.values() if _HAS_CONSTRAINTS else trial.system_attrs.get(_CONSTRAINTS_KEY)
    return math.nan if constraints is None else sum(value for value in constraints if value > 0)
