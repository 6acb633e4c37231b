"""Whether trials have been begun at each value of each parameter that they suggest: a tree that each trial is put into once."""

from __future__ import annotations

from typing import Any

from optuna.distributions import BaseDistribution, CategoricalDistribution
from optuna.trial import FrozenTrial

from hpo_glue.sampling.looks import Look


class _Node:
    __slots__ = ("first", "below", "ends", "is_covered")

    def __init__(self) -> None:
        # The first trial that goes on from here, and how many values it may have.
        self.first: tuple[int, int | None] | None = None
        self.below: dict[Any, _Node] = {}
        self.ends = 0  # trials without a further parameter
        self.is_covered: bool | None = None

    def covers(self) -> bool:
        if self.is_covered is None:
            self.is_covered = self.ends > 0 or self._covers_all_values()
        return self.is_covered

    def _covers_all_values(self) -> bool:
        return self.first is not None and len(self.below) == self.first[1] and all(node.covers() for node in self.below.values())


class Begun(Look):
    def __init__(self) -> None:
        super().__init__()
        self.forget()

    def forget(self) -> None:
        super().forget()
        self._root = _Node()
        self._running: dict[int, tuple[int, list[_Node]]] = {}

    def add(self, place: int, trial: FrozenTrial) -> None:
        self._drop(place)
        self._put(place, trial)

    def see_running(self, place: int, trial: FrozenTrial) -> None:
        # It goes on below the parameters that it has, and without parameters it is yet to choose.
        depth = len(trial.distributions)
        if self._running.get(place, (0, None))[0] != depth:
            self._drop(place)
            self._running[place] = depth, self._put(place, trial)

    def covers(self) -> bool:
        return self._root.covers()

    def _put(self, place: int, trial: FrozenTrial) -> list[_Node]:
        node, params = self._root, trial.params
        path = [node]
        for name, space in trial.distributions.items():
            if node.first is None or place < node.first[0]:
                node.first = place, _size(space)
            node = node.below.setdefault(space.to_internal_repr(params[name]), _Node())
            path.append(node)
        self._end(path, 1)
        return path

    def _drop(self, place: int) -> None:
        _, path = self._running.pop(place, (0, None))
        if path is not None:
            self._end(path, -1)

    @staticmethod
    def _end(path: list[_Node], more: int) -> None:
        path[-1].ends += more
        for node in path:
            node.is_covered = None


def _size(space: BaseDistribution) -> int | None:
    """The number of values; None for one without an end."""
    if isinstance(space, CategoricalDistribution):
        return len(space.choices)
    if space.step is None:
        return None
    return int(round((space.high - space.low) / space.step)) + 1
