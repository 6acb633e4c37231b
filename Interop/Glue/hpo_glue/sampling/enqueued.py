"""Which parameters a study has trials with: what ``enqueue_trial(skip_if_exists=True)`` wants to know, without a search."""

from __future__ import annotations

import math
from numbers import Real
from typing import Any, Iterator

from optuna.trial import FrozenTrial

from hpo_glue.sampling.looks import Look

# numpy.isclose's, which Optuna compares with.
_TOLERANCE = 1e-5
# In each power of 2: values that are close are in one range, or in neighbours.
_RANGES = 50_000


class Values:
    """The values of a parameter, each with what belongs to it."""

    def __init__(self) -> None:
        self._by_key: dict[Any, list[tuple[Any, Values]]] = {}

    def below(self, value: Any) -> Values:
        """What belongs to a value, which becomes known."""
        known = self._by_key.setdefault(_key(value), [])
        for other, below in known:
            if type(other) is type(value) and (other == value or other is value):
                return below
        known.append((value, Values()))
        return known[-1][1]

    def matching(self, value: Any) -> Iterator[Values]:
        """What belongs to the known values that Optuna takes for the same as this one."""
        for key in self._keys_near(value):
            for other, below in self._by_key.get(key, ()):
                if is_equal(value, other):
                    yield below

    def _keys_near(self, value: Any) -> list:
        if isinstance(value, Real) and math.isnan(float(value)):
            return list(self._by_key)
        key = _key(value)
        return [(key[0], key[1] + step) for step in (0, -1, 1)] if isinstance(key, tuple) else [key]


class Existing(Look):
    """The parameters of a study's trials."""

    def __init__(self) -> None:
        super().__init__()
        self.forget()

    def forget(self) -> None:
        super().forget()
        self._by_names: dict[tuple[str, ...], Values] = {}
        self._fixed: dict[int, tuple[int, dict]] = {}
        self._growing: list[dict[str, Any]] = []

    def add(self, place: int, trial: FrozenTrial) -> None:
        fixed = trial.system_attrs.get("fixed_params")
        if self._fixed.pop(place, None) != (trial._trial_id, fixed):
            self._put(trial.params if fixed is None else fixed)

    def look(self, trials: list[FrozenTrial]) -> None:
        self._growing = []
        super().look(trials)

    def see_running(self, place: int, trial: FrozenTrial) -> None:
        if not self._fix(place, trial):
            self._growing.append(trial.params)

    see_waiting = see_running

    def has(self, params: dict[str, Any]) -> bool:
        return self._is_put(params) or any(_are_repeated(params, others) for others in self._growing)

    def _fix(self, place: int, trial: FrozenTrial) -> bool:
        """Whether it is known with which parameters a trial will end."""
        fixed = trial.system_attrs.get("fixed_params")
        if fixed is not None and self._fixed.get(place) != (trial._trial_id, fixed):
            self._fixed[place] = trial._trial_id, fixed
            self._put(fixed)
        return fixed is not None

    def _put(self, params: dict[str, Any]) -> None:
        names = tuple(sorted(params))
        values = self._by_names.setdefault(names, Values())
        for name in names:
            values = values.below(params[name])

    def _is_put(self, params: dict[str, Any]) -> bool:
        names = tuple(sorted(params))
        if names not in self._by_names:
            return False
        found = [self._by_names[names]]
        for name in names:
            found = [below for values in found for below in values.matching(params[name])]
        return bool(found)


def is_equal(value: Any, existing: Any) -> bool:
    if not isinstance(value, type(existing)):
        return False
    if not isinstance(value, Real):
        return bool(value == existing)
    x, y = float(value), float(existing)
    return math.isnan(x) or x == y or math.isfinite(y) and abs(x - y) <= _TOLERANCE * abs(y)


def _are_repeated(params: dict[str, Any], others: dict[str, Any]) -> bool:
    return others.keys() == params.keys() and all(is_equal(value, others[name]) for name, value in params.items())


def _key(value: Any) -> Any:
    """The same, or for numbers a neighbour, for all values that Optuna may take for the same."""
    if isinstance(value, Real):
        number = float(value)
        if number == 0 or not math.isfinite(number):
            return repr(abs(number) if number == 0 else number)
        return math.copysign(1, number), math.floor(math.log2(abs(number)) * _RANGES)
    try:
        return hash(value)
    except TypeError:
        return None
