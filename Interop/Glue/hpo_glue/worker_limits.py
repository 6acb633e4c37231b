"""How many trials of a study a thread may take. No Optuna."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import Any, Iterator, Sequence


class _Limits(threading.local):
    def __init__(self) -> None:
        # A script may keep a budget of its own within the launcher's.
        self.all: list[tuple[int, int, Sequence[Any]]] = []


_limits = _Limits()


@contextmanager
def limited(study_id: int, total: int, states: Sequence[Any]) -> Iterator[None]:
    """Within it, this thread gets BudgetSpent for a trial when the study has ``total`` in these states."""
    _limits.all.append((study_id, total, states))
    try:
        yield
    finally:
        _limits.all.pop()


def limits() -> list[tuple[int, int, Sequence[Any]]]:
    """All of this thread: the study, its total, the states that count."""
    return _limits.all


def limits_of(study_id: int) -> list:
    """What this thread is limited to in a study: totals, with the names of the states that count."""
    return [[total, [state.name for state in states]] for study, total, states in _limits.all if study == study_id]
