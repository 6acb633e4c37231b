"""Histories that also see, whenever they are asked, how far the trials are that have not finished."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any, Callable, Iterator, TypeVar

from optuna.trial import FrozenTrial, TrialState

from hpo_glue.sampling.history import History, history_of, identity


class Look(History):
    """``is_waiting`` tells whether a trial waits."""

    is_waiting = False

    def look(self, trials: list[FrozenTrial]) -> None:
        """Follows, and sees the others as they are now."""
        if any(place < len(trials) and identity(trials[place]) != known for place, known in self._seen.items()):
            self.forget()  # another study, as in ``follow``
        self.follow(trials)
        self._seen, self.is_waiting = {}, False
        for place, trial in self.unfinished(trials):
            if trial.state is TrialState.RUNNING:
                self._seen[place] = identity(trial)
                self.see_running(place, trial)
            else:
                self.is_waiting |= trial.state is TrialState.WAITING
                self.see_waiting(place, trial)

    def forget(self) -> None:
        super().forget()
        self._seen: dict[int, tuple] = {}

    def see_running(self, place: int, trial: FrozenTrial) -> None:
        """Takes a trial that runs as it is now."""

    def see_waiting(self, place: int, trial: FrozenTrial) -> None:
        """Takes a trial that waits."""


_Look = TypeVar("_Look", bound=Look)


@contextmanager
def looked(study: Any, trials: list[FrozenTrial], make: Callable[..., _Look], *arguments: Any) -> Iterator[_Look]:
    """A study's history as of these trials, for as long as the context lasts."""
    # Places mean nothing where a cache still lacks a trial of another worker.
    is_whole = not trials or trials[-1].number == len(trials) - 1
    history = history_of(study, make, *arguments) if is_whole else make(*arguments)
    with history.lock:
        history.look(trials)
        yield history
