"""The tree of a define-by-run search space, as far as trials have shown it; each finished trial is put into it once.

Only nodes that a trial has reached are kept, and each knows how many nodes below it are unexpanded.
"""

from __future__ import annotations

from typing import Any, Callable

from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import FrozenTrial

from hpo_glue.sampling.looks import Look


class Space:
    """A parameter and the values that it may have."""

    def __init__(self, values: tuple) -> None:
        self.values = values
        self.known = frozenset(values)


_NONE = Space(())


class Node:
    """Where a trial has got to with some values of its first parameters.

    ``space`` is None as long as nobody knows what is suggested next; with ``_NONE`` nothing is. ``open`` counts the
    unexpanded nodes from here on, and ``free`` those of them where no trial runs.
    """

    __slots__ = ("parent", "space", "below", "running", "free", "open")

    def __init__(self, parent: Node | None) -> None:
        self.parent = parent
        self.space: Space | None = None
        self.below: dict[float, Node] = {}
        self.running = 0
        self.free = self.open = 1

    @property
    def is_running(self) -> bool:
        return self.running > 0

    @property
    def is_leaf(self) -> bool:
        return self.space is _NONE

    def count_unexpanded(self, exclude_running: bool = True) -> int:
        return self.free if exclude_running else self.open

    def expand(self, space: Space) -> None:
        self.space = space
        self._count(len(space.values), len(space.values))

    def run(self, more: int) -> None:
        """Takes note of a trial that runs from here on, or no longer does."""
        self.running += more
        if self.space is None:
            self._count(int(self.running == 0), 1)

    def child(self, value: float) -> Node:
        node = self.below.get(value)
        if node is None:
            # A value beside the grid has nothing that counts.
            node = self.below[value] = Node(self if value in self.space.known else None)
        return node

    def children(self) -> dict[float, Node]:
        """A node for each value, in order, also for those that no trial has had."""
        return {value: self.below.get(value, _UNEXPANDED) for value in self.space.values}

    def _count(self, free: int, open: int) -> None:
        more_free, more_open = free - self.free, open - self.open
        node: Node | None = self
        while node is not None and (more_free or more_open):
            node.free += more_free
            node.open += more_open
            node = node.parent


_UNEXPANDED = Node(None)


class SearchTree(Look):
    """``is_regular`` tells whether all trials agree on what is suggested after the same values.

    :param enumerate_values: Optuna's, of a distribution.
    """

    def __init__(self, enumerate_values: Callable[[BaseDistribution], Any]) -> None:
        super().__init__()
        self._enumerate = enumerate_values
        self.forget()

    def forget(self) -> None:
        super().forget()
        self.root = Node(None)
        self.is_regular = True
        self._running: dict[int, tuple[int, Node]] = {}
        self._spaces: dict[tuple, Space] = {}
        self._choices: dict[str, tuple] = {}

    def add(self, place: int, trial: FrozenTrial) -> None:
        self._stop(place)
        node = self._put(trial)
        if node is not None and node.space is None:
            node.expand(_NONE)
        elif node is not None and not node.is_leaf:
            self.is_regular = False

    def see_running(self, place: int, trial: FrozenTrial) -> None:
        # What a trial that runs has suggested stays true: it will only suggest more.
        depth, _ = self._running.get(place, (-1, None))
        if depth != len(trial.distributions):
            self._stop(place)
            node = self._put(trial)
            if node is not None:
                node.run(1)
                self._running[place] = len(trial.distributions), node

    def find(self, trial: FrozenTrial) -> Node | None:
        """Where a trial that runs has got to; None where the tree does not know it so."""
        node = self.root
        for name, distribution in trial.distributions.items():
            if node.space is not self.space(name, distribution):
                return None
            node = node.below.get(distribution.to_internal_repr(trial.params[name]))
            if node is None:
                return None
        _, known = self._running.get(trial.number, (-1, None))
        return node if node is known else None

    def space(self, name: str, distribution: BaseDistribution) -> Space | None:
        """The same object for the same parameter with the same values; None where they cannot be enumerated surely."""
        kind = type(distribution)
        if kind is CategoricalDistribution:
            if self._choices.setdefault(name, distribution.choices) != distribution.choices:
                return None
            key: tuple = name, kind, distribution.choices
        elif kind in (FloatDistribution, IntDistribution) and distribution.step is not None:
            key = name, kind, distribution.low, distribution.high, distribution.step
        else:
            return None
        try:
            if key not in self._spaces:
                # Of equal choices, and of NaN, versions of Optuna think in different ways.
                if kind is CategoricalDistribution and len({choice for choice in key[2] if choice == choice}) < len(key[2]):
                    return None
                self._spaces[key] = Space(tuple(self._enumerate(distribution)))
            return self._spaces[key]
        except TypeError:  # a choice that cannot be a key
            return None

    def counts(self, node: Node) -> bool:
        """Whether a node is on the grid, as are all above it."""
        while node.parent is not None:
            node = node.parent
        return node is self.root

    def _put(self, trial: FrozenTrial) -> Node | None:
        """Expands what a trial has suggested; its last node, or None where it contradicts other trials."""
        node, params = self.root, trial.params
        for name, distribution in trial.distributions.items():
            space = self.space(name, distribution) if self.is_regular else None
            if space is None or node.space not in (None, space):
                self.is_regular = False
                return None
            if node.space is None:
                node.expand(space)
            node = node.child(distribution.to_internal_repr(params[name]))
        return node

    def _stop(self, place: int) -> None:
        _, node = self._running.pop(place, (-1, None))
        if node is not None:
            node.run(-1)
