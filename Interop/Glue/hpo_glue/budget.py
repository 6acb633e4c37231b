"""A number of trials for a whole study, exact over all processes that work on it.

Optuna's MaxTrialsCallback looks after a trial has ended, so that workers overshoot by the trials in flight. Here
each worker takes a lock of the study, counts finished and running trials, and only then asks for another one.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import Any, Callable, Iterator

from optuna.trial import TrialState

from hpo_glue.locks import study_lock
from hpo_glue.worker_storage import is_launched

_COUNTED_BY_DEFAULT = "complete,pruned"


class BudgetSpent(Exception):
    """The study has as many trials as it shall have."""


def counted_states(names: list[str] | None = None) -> tuple[TrialState, ...]:
    """The states that count as finished: those named, else the launcher's, else complete and pruned."""
    if not names:
        names = (os.environ.get("HPO_COUNT") or _COUNTED_BY_DEFAULT).split(",")
    return tuple(TrialState[name.strip().upper()] for name in names)


@contextmanager
def limit_total_trials(study: Any, total: int | None, counted: list[str] | None = None) -> Iterator[None]:
    """Makes ``study.ask`` refuse, with BudgetSpent, a trial beyond ``total`` (None: no limit).

    A running trial counts too: when it ends in a state that does not count, whoever asks next replaces it.
    """
    if total is None and not is_launched():
        yield
        return
    ask = study.ask
    study.ask = lambda *args, **kwargs: ask_within_budget(
        study, total, counted_states(counted), lambda: ask(*args, **kwargs)
    )
    try:
        yield
    finally:
        del study.ask


def ask_within_budget(
    study: Any, total: int | None, counted: tuple[TrialState, ...], ask: Callable[[], Any]
) -> Any:
    """What ``ask`` gives, or BudgetSpent."""
    while True:
        with _lock(study) as lock:
            if total is not None and _taken(study, counted) >= total:
                raise BudgetSpent
            trial = ask()
        if total is None or not lock.was_lost:
            return trial
        # The database was restarted in between, and another worker may have taken the same place.
        with _lock(study):
            if _taken(study, counted) <= total:
                return trial
            study.tell(trial, state=TrialState.FAIL)


@contextmanager
def _lock(study: Any) -> Iterator[Any]:
    try:
        with study_lock(study, lambda: study._stop_flag) as lock:
            yield lock
    except InterruptedError:
        raise BudgetSpent from None


def _taken(study: Any, counted: tuple[TrialState, ...]) -> int:
    return len(study.get_trials(deepcopy=False, states=(*counted, TrialState.RUNNING)))
