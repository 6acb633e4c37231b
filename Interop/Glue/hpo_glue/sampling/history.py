"""The finished trials of a study, each seen once: what never changes about them is computed once, and kept."""

from __future__ import annotations

import threading
import weakref
from typing import Any, Callable, Iterator, TypeVar

from optuna.trial import FrozenTrial, TrialState

# By storage, and below it by study and kind. A storage that is gone takes its studies' histories along.
_histories: weakref.WeakKeyDictionary[Any, dict[tuple, History]] = weakref.WeakKeyDictionary()
_lock = threading.Lock()

_History = TypeVar("_History", bound="History")


class History:
    """What one kind of algorithm wants to know of a study's trials; shared by all its users in this process.

    ``lock`` is held from ``follow`` to the last use of what it has gathered.
    """

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.open: list[int] = []
        self._known = 0
        self._landmarks: dict[str, tuple[int, tuple]] = {}

    def follow(self, trials: list[FrozenTrial]) -> None:
        """Takes what has finished since the last call. ``trials`` are all trials of the study, in Optuna's order.

        A list that is a little older than the one before, of another thread, changes nothing.
        """
        if any(place < len(trials) and identity(trials[place]) != known for place, known in self._landmarks.values()):
            self.forget()  # another study: a database gives the key of a deleted one away again
        if trials and trials[0].state is not TrialState.WAITING:
            self._landmarks.setdefault("start", (0, identity(trials[0])))
        opened, self.open = [*self.open, *range(self._known, len(trials))], []
        self._known = max(self._known, len(trials))
        for place in opened:
            trial = trials[place] if place < len(trials) else None
            if trial is None or trial.state is TrialState.RUNNING or trial.state is TrialState.WAITING:
                self.open.append(place)
                continue
            self.add(place, trial)
            self._landmarks.setdefault("first", (place, identity(trial)))
            self._landmarks["last"] = place, identity(trial)

    def unfinished(self, trials: list[FrozenTrial]) -> Iterator[tuple[int, FrozenTrial]]:
        """The places of the trials that had not finished, and the trials as they are in the list."""
        return ((place, trials[place]) for place in self.open if place < len(trials))

    def forget(self) -> None:
        """Begins anew."""
        self.open, self._known, self._landmarks = [], 0, {}

    def add(self, place: int, trial: FrozenTrial) -> None:
        """Takes a trial that has finished, and its place in the list."""
        raise NotImplementedError


def history_of(study: Any, make: Callable[..., _History], *arguments: Any) -> _History:
    """The history of this kind that a study has in this process; made as ``make(*arguments)``, which are hashable."""
    with _lock:
        histories = _histories.setdefault(study._storage, {})
        key = (study._study_id, make, *arguments)
        if key not in histories:
            histories[key] = make(*arguments)
        return histories[key]  # type: ignore[return-value]


def trials_of(study: Any, *, with_running: bool = False, use_cache: bool = False) -> list[FrozenTrial]:
    """All trials of a study, not to be changed. Without ``with_running`` those that run may be older ones than the storage has.

    :param use_cache: Whether the list that Optuna keeps while a trial is sampled will do, where it keeps one.
    """
    if use_cache and hasattr(study, "_get_trials"):  # from Optuna 3.2
        return study._get_trials(deepcopy=False, use_cache=True)
    read_finished = getattr(study._storage, "read_finished", None)
    if read_finished is not None and not with_running:
        return read_finished(study._study_id)
    return study.get_trials(deepcopy=False)


def identity(trial: FrozenTrial) -> tuple:
    """What tells a trial from one of another study that has been given the same key."""
    return trial._trial_id, trial.datetime_start
