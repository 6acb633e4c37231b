"""The generations of a genetic algorithm, as far as trials have finished."""

from __future__ import annotations

import bisect
from typing import Any, Callable

from optuna.trial import FrozenTrial, TrialState

from hpo_glue.sampling.history import History


class Generations(History):
    """``key`` is the system attribute that holds a trial's generation."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self.forget()

    def forget(self) -> None:
        super().forget()
        self._places: dict[int, list[int]] = {}
        self._place_of: dict[int, int] = {}
        self._elites: dict[tuple, tuple[tuple[int, ...], tuple[int, ...]]] = {}

    def add(self, place: int, trial: FrozenTrial) -> None:
        if trial.state is TrialState.COMPLETE and self._key in trial.system_attrs:
            bisect.insort(self._places.setdefault(trial.system_attrs[self._key], []), place)
            self._place_of[trial._trial_id] = place

    def last(self) -> int:
        """The last generation that has complete trials; 0 where there is none."""
        with self.lock:
            return max(self._places, default=0)

    def size(self, generation: int) -> int:
        return len(self._places.get(generation, ()))

    def population(self, trials: list[FrozenTrial], generation: int) -> list[FrozenTrial]:
        """The complete trials of a generation."""
        with self.lock:
            places = self._places.get(generation, ())
            # Another thread may know more than this list.
            return [trials[place] for place in places if place < len(trials) and trials[place].state is TrialState.COMPLETE]

    def running(self, trials: list[FrozenTrial]) -> dict[int, list[FrozenTrial]]:
        """The trials of each generation that run."""
        running: dict[int, list[FrozenTrial]] = {}
        with self.lock:
            for _, trial in self.unfinished(trials):
                if trial.state is TrialState.RUNNING and self._key in trial.system_attrs:
                    running.setdefault(trial.system_attrs[self._key], []).append(trial)
        return running

    def by_id(self, trials: list[FrozenTrial], ids: set[int]) -> list[FrozenTrial] | None:
        """Those complete trials; None where one is unknown."""
        with self.lock:
            places = sorted(self._place_of.get(trial_id, len(trials)) for trial_id in ids)
        found = [trials[place] for place in places if place < len(trials) and trials[place].state is TrialState.COMPLETE]
        return found if len(found) == len(ids) else None

    def elite(
        self, kind: tuple, population: list[FrozenTrial], select: Callable[[list[FrozenTrial]], list[FrozenTrial]]
    ) -> list[FrozenTrial]:
        """What ``select`` chooses among a population, unless it is known. ``kind`` says of what kind the choice is."""
        numbers = tuple(trial.number for trial in population)
        by_number: dict[int, Any] = dict(zip(numbers, population))
        known, chosen = self._elites.get(kind, ((), ()))
        if known != numbers:
            chosen = tuple(trial.number for trial in select(population))
            self._elites[kind] = numbers, chosen
        return [by_number[number] for number in chosen]
