"""Spares Optuna's intersection search space the trials that it has seen, also while an old one still runs or waits."""

from __future__ import annotations

import threading
import weakref
from typing import Any, Callable

from optuna.distributions import BaseDistribution
from optuna.trial import FrozenTrial, TrialState

from hpo_glue.sampling.history import History, trials_of

_lock = threading.Lock()


class _Unseen(History):
    """The places of the trials that have finished since the last calculation."""

    def __init__(self) -> None:
        super().__init__()
        self.finished: list[int] = []

    def forget(self) -> None:
        super().forget()
        self.finished = []

    def add(self, place: int, trial: FrozenTrial) -> None:
        self.finished.append(place)

    def take(self, trials: list[FrozenTrial]) -> list[FrozenTrial]:
        self.follow(trials)
        places, self.finished = sorted([*self.finished, *self.open]), []
        unseen = [trials[place] for place in places if place < len(trials)]
        # Where nothing that counts is left, Optuna looks for the last one that does.
        return unseen if any(trial.state not in (TrialState.FAIL, TrialState.PRUNED) for trial in unseen) else trials


class _Study:
    """In place of a study, for the calculation."""

    def __init__(self, study: Any, trials: list[FrozenTrial]) -> None:
        self._study_id = study._study_id
        self._trials = trials

    def get_trials(self, deepcopy: bool = True, states: Any = None) -> list[FrozenTrial]:
        return self._get_trials(deepcopy, states)

    def _get_trials(self, deepcopy: bool = True, states: Any = None, use_cache: bool = False) -> list[FrozenTrial]:
        return self._trials if states is None else [trial for trial in self._trials if trial.state in states]


# Each search space has seen trials of its own, those of one study.
_unseen: weakref.WeakKeyDictionary[Any, _Unseen] = weakref.WeakKeyDictionary()


def with_unseen(
    study: Any, search_space: Any, infer: Callable[[Any], dict[str, BaseDistribution]]
) -> dict[str, BaseDistribution]:
    """What ``infer`` makes of a study that shows only what ``search_space`` has not seen."""
    with _lock:
        unseen = _unseen.setdefault(search_space, _Unseen())
    trials = trials_of(study)
    with unseen.lock:
        return infer(_Study(study, unseen.take(trials)))
