"""The trials of one study as this process knows them: kept up to date by what has changed, and never converted twice."""

from __future__ import annotations

import json
import math
import threading
from bisect import bisect_left
from collections import deque
from datetime import datetime
from typing import Any, Container, NamedTuple

from optuna.distributions import BaseDistribution, json_to_distribution
from optuna.trial import FrozenTrial, TrialState

from hpo_glue.times import from_column

_STATES = {state.name: state for state in TrialState}
_distributions: dict[str, BaseDistribution] = {}


def distribution_of(text: str) -> BaseDistribution:
    """One object for each JSON text: a study repeats the same few with every trial."""
    known = _distributions.get(text)
    if known is None:
        known = _distributions[text] = json_to_distribution(text)
    return known


def from_row(row: list) -> FrozenTrial:
    """A trial as the native storage's TrialReader writes it."""
    trial_id, number, state, start, complete, values, params, user, system, intermediate = row
    distributions = {name: distribution_of(text) for name, _, text in params}
    return FrozenTrial(
        number=number,
        state=_STATES[state],
        value=None,
        values=values or None,
        datetime_start=start and from_column(datetime.fromisoformat(start)),
        datetime_complete=complete and from_column(datetime.fromisoformat(complete)),
        params={name: distributions[name].to_external_repr(value) for name, value, _ in params},
        distributions=distributions,
        user_attrs={key: json.loads(text) for key, text in user.items()},
        system_attrs={key: json.loads(text) for key, text in system.items()},
        intermediate_values=dict(intermediate),
        trial_id=trial_id,
    )


def replaced(trial: FrozenTrial, **changes: Any) -> FrozenTrial:
    """A copy with some fields of its own: a trial that was handed out never changes."""
    new = FrozenTrial.__new__(FrozenTrial)
    new.__dict__.update(trial.__dict__, **changes)
    return new


class Look(NamedTuple):
    """When a change has brought what else has changed in the study.

    :param at: In seconds; how long it took, in ``seconds``.
    :param has_all: Whether it brought what others' running trials did, too.
    """

    at: float = -math.inf
    seconds: float = 0.0
    has_all: bool = False


class Pace(threading.local):
    """How long a thread's last changes of a study were apart: a few calls of a sampler or a pruner, and what the caller did between."""

    def __init__(self) -> None:
        self._last = math.nan
        self._apart: deque[float] = deque(maxlen=10)

    def step(self, now: float) -> None:
        if not math.isnan(self._last):
            self._apart.append(now - self._last)
        self._last = now

    @property
    def seconds(self) -> float:
        """The longest time between two of them."""
        return max(self._apart, default=0.0)


class StudyTrials:
    """Not safe on several threads by itself: ``lock`` is held around every use."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.by_id: dict[int, FrozenTrial] = {}
        self.distributions: dict[str, BaseDistribution] = {}
        self.own: set[int] = set()
        self.looked = Look()
        self.pace = Pace()
        self._best: dict[bool, FrozenTrial] = {}
        self._all: list[FrozenTrial] = []
        # For each set of states that was asked for, its trials by number; and for each state, those that hold it.
        self._views: dict[frozenset, list[FrozenTrial]] = {}
        self._views_of: dict[TrialState, list[list[FrozenTrial]]] = {state: [] for state in TrialState}
        self._add_view(frozenset(TrialState), self._all)

    def apply(self, changes: str) -> list[int]:
        """Takes what the native storage read; gives the keys of its trials."""
        trials = [from_row(row) for row in json.loads(changes)]
        for trial in trials:
            if trial.state != TrialState.RUNNING:
                self.own.discard(trial._trial_id)
            self.put(trial)
        return [trial._trial_id for trial in trials]

    def put(self, trial: FrozenTrial) -> None:
        """Takes a new trial, or what has become of a known one."""
        old = self.by_id.get(trial._trial_id)
        if old is not None and old.state.is_finished():
            return
        self.by_id[trial._trial_id] = trial
        views = self._views_of[trial.state]
        if old is not None and old.state is not trial.state:
            for view in self._views_of[old.state]:
                if not any(view is other for other in views):
                    del view[_place(view, trial._number)]
        for view in views:
            index = _place(view, trial._number)
            if index < len(view) and view[index]._number == trial._number:
                view[index] = trial
            else:
                view.insert(index, trial)
        if old is None or trial._distributions is not old._distributions:
            self.distributions.update(trial._distributions)
        if trial.state == TrialState.COMPLETE and trial._values is not None and len(trial._values) == 1:
            self._note_best(trial)

    def view(self, states: Container[TrialState] | None) -> list[FrozenTrial]:
        """The trials in these states, by number; not to be changed."""
        if states is None:
            return self._all
        key = frozenset(states if isinstance(states, tuple) else (state for state in TrialState if state in states))
        view = self._views.get(key)
        if view is None:
            view = [trial for trial in self._all if trial.state in key]
            self._add_view(key, view)
        return view

    def numbered(self, number: int) -> FrozenTrial | None:
        view = self.view(None)
        index = _place(view, number)
        return view[index] if index < len(view) and view[index].number == number else None

    def params_of(self, trial_id: int) -> dict[str, Any]:
        """Those that this process knows of."""
        known = self.by_id.get(trial_id)
        return {} if known is None else known._params

    def best(self, maximize: bool) -> FrozenTrial | None:
        """The best complete trial, the first of several; None where none is complete."""
        return self._best.get(maximize)

    def _add_view(self, states: frozenset, view: list[FrozenTrial]) -> None:
        self._views[states] = view
        for state in states:
            self._views_of[state].append(view)

    def _note_best(self, trial: FrozenTrial) -> None:
        for maximize in (False, True):
            known = self._best.get(maximize)
            if known is None or _is_better(trial, known, maximize):
                self._best[maximize] = trial


def _number(trial: FrozenTrial) -> int:
    return trial._number


def _place(view: list[FrozenTrial], number: int) -> int:
    """Where the trial of this number is, or belongs: mostly at the end."""
    if not view or view[-1]._number < number:
        return len(view)
    if view[-1]._number == number:
        return len(view) - 1
    return bisect_left(view, number, key=_number)


def _is_better(trial: FrozenTrial, known: FrozenTrial, maximize: bool) -> bool:
    value, best = trial._values[0], known._values[0]
    if value == best:
        return trial._number < known._number
    return value > best if maximize else value < best
