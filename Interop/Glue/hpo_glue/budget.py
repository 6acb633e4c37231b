"""A number of trials for a whole study, exact over all processes that work on it.

Optuna's MaxTrialsCallback looks after a trial has ended, so that workers overshoot by the trials in flight. Here
finished and running trials are counted before one is taken, and nobody takes another one in between.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, nullcontext
from typing import Any, Callable, Iterator

from optuna.trial import TrialState

from hpo_glue.errors import BudgetSpent
from hpo_glue.exhaustion import has_last_point, is_exhausted, tell_if_exhausted
from hpo_glue.locks import study_lock
from hpo_glue.trial_owner import is_launched
from hpo_glue.worker_storage import harden, locks_studies, optimizing

_COUNTED_BY_DEFAULT = "complete,pruned"


def counted_states(names: list[str] | None = None) -> tuple[TrialState, ...]:
    """The states that count as finished: those named, else the launcher's, else complete and pruned."""
    if not names:
        names = (os.environ.get("HPO_COUNT") or _COUNTED_BY_DEFAULT).split(",")
    return tuple(TrialState[name.strip().upper()] for name in names)


@contextmanager
def limit_total_trials(
    study: Any, total: int | None, counted: list[str] | None = None, n_trials: int | None = None
) -> Iterator[None]:
    """Makes ``study.ask`` refuse, with BudgetSpent, a trial beyond ``total`` (None: no limit), or beyond the sampler's last
    point. ``n_trials`` is what the run itself asks for.

    A running trial counts too: when it ends in a state that does not count, whoever asks next replaces it.
    """
    if total is None and not is_launched() and not has_last_point(study):
        yield
        return
    harden(study._storage)
    ask, outer = study.ask, vars(study).get("ask")
    study.ask = lambda *args, **kwargs: ask_within_budget(
        study, total, counted_states(counted), lambda: ask(*args, **kwargs)
    )
    wanted = n_trials if total is None else total
    try:
        yield
    except BudgetSpent:
        tell_if_exhausted(study, wanted, counted_states(counted))
        raise
    finally:
        del study.ask
        if outer is not None:
            study.ask = outer
    tell_if_exhausted(study, wanted, counted_states(counted))


def ask_within_budget(
    study: Any, total: int | None, counted: tuple[TrialState, ...], ask: Callable[[], Any]
) -> Any:
    """What ``ask`` gives, or BudgetSpent."""
    states = (*counted, TrialState.RUNNING)
    storage = locks_studies(study._storage)
    # One after the other where the storage may give two workers the same number, and where two would take the same last point.
    with nullcontext() if storage is not None and not has_last_point(study) else study_lock(study, on_server=storage is not None):
        if has_last_point(study) and is_exhausted(study):
            raise BudgetSpent
        if storage is not None:
            limit = nullcontext() if total is None else storage.at_most(study._study_id, total, states)
            with limit, optimizing(study):
                return ask()
        if total is not None and len(study.get_trials(deepcopy=False, states=states)) >= total:
            raise BudgetSpent
        return ask()
