"""Which points of a grid a study has begun: told once by each finished trial, and by those that run whenever it is asked."""

from __future__ import annotations

import weakref
from types import SimpleNamespace
from typing import Any, ContextManager

from optuna.samplers import GridSampler
from optuna.trial import FrozenTrial

from hpo_glue.sampling.looks import Look, looked

_NEEDED = ("_same_search_space", "_grid_value_equal")
_IS_KNOWN = all(hasattr(GridSampler, name) for name in _NEEDED)


class SearchSpace:
    """The search space of a grid as a key. Its values must be hashable."""

    def __init__(self, search_space: dict[str, list]) -> None:
        self._values = search_space
        self._stand_in = SimpleNamespace(_search_space=search_space, _grid_value_equal=GridSampler._grid_value_equal)
        self._items = tuple((name, tuple((type(value), value) for value in values)) for name, values in search_space.items())
        self._hash = hash(self._items)

    def is_same(self, other: dict[str, list]) -> bool:
        # Comparing the whole first is as strict as Optuna's comparison of each value, and a hundred times faster.
        return other == self._values or GridSampler._same_search_space(self._stand_in, other)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or isinstance(other, SearchSpace) and self._items == other._items


class VisitedGrids(Look):
    """The ids of those points that ``finished`` trials and ``running`` ones have."""

    def __init__(self, space: SearchSpace) -> None:
        super().__init__()
        self._space = space
        self.forget()

    def forget(self) -> None:
        super().forget()
        self.finished: set[int] = set()
        self.running: set[int] = set()
        self._unvisited: tuple[Any, list[int]] = None, []

    def add(self, place: int, trial: FrozenTrial) -> None:
        self.finished.update(self._ids(trial))

    def look(self, trials: list[FrozenTrial]) -> None:
        self.running = set()
        super().look(trials)

    def see_running(self, place: int, trial: FrozenTrial) -> None:
        self.running.update(self._ids(trial))

    def count(self) -> int:
        """How many points have been begun."""
        return len(self.finished) + len(self.running - self.finished)

    def unvisited(self, size: int) -> list[int]:
        """As Optuna's list, whose order is that of a set: the same sets are subtracted from each other in the same order."""
        key = size, len(self.finished), frozenset(self.running)
        if self._unvisited[0] != key:
            left = set(range(size)) - self.finished - self.running
            self._unvisited = key, list(left or set(range(size)) - self.finished)
        return list(self._unvisited[1])

    def _ids(self, trial: FrozenTrial) -> tuple[int, ...]:
        attrs = trial.system_attrs
        return (attrs["grid_id"],) if "grid_id" in attrs and self._space.is_same(attrs["search_space"]) else ()


_spaces: weakref.WeakKeyDictionary[GridSampler, SearchSpace | None] = weakref.WeakKeyDictionary()


def space_of(sampler: GridSampler) -> SearchSpace | None:
    """None where a subclass compares search spaces in its own way, or values cannot be a key."""
    if not _IS_KNOWN or any(getattr(type(sampler), name) is not getattr(GridSampler, name) for name in _NEEDED):
        return None
    if sampler not in _spaces:
        try:
            _spaces[sampler] = SearchSpace(sampler._search_space)
        except TypeError:
            _spaces[sampler] = None
    return _spaces[sampler]


def visited(study: Any, space: SearchSpace) -> ContextManager[VisitedGrids]:
    """What is begun of a grid in a study, for as long as the context lasts."""
    # As Optuna: the study may be a bracket of Hyperband's, and what its storage keeps may be older than what the server has.
    return looked(study, study._storage.get_all_trials(study._study_id, deepcopy=False), VisitedGrids, space)
