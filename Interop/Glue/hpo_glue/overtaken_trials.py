"""Trials that somebody else has failed while they still ran: their heartbeats had been away for too long.

A worker may have been stopped for a while, or cut off from the database. Optuna ends it then: by its own assertion, in all
versions. Here it goes on with its next trial.
"""

from __future__ import annotations

import copy
import logging
from typing import Any, Callable, Iterator

from optuna.exceptions import TrialPruned
from optuna.storages._heartbeat import is_heartbeat_enabled
from optuna.study import _optimize
from optuna.trial import FrozenTrial, TrialState

_REFUSALS = ("has already finished and can not be updated", "Cannot tell a FAIL trial")
_logger = logging.getLogger("optuna.hpo")
_run_trial = _optimize._run_trial
_gives_id = _run_trial.__annotations__.get("return") in (int, "int")  # from Optuna 5.0; before, the trial


def go_on() -> None:
    """Lets each ``Study.optimize`` of this process go on after such a trial, where trials have heartbeats."""
    _optimize._run_trial = run_trial


def run_trial(study: Any, objective: Callable[[Any], Any], catch: tuple) -> Any:
    """Optuna's, for one trial."""
    ran: list[Any] = []
    raised: list[BaseException] = []

    def watched(trial: Any) -> Any:
        ran.append(trial._trial_id)
        try:
            return objective(trial)
        except BaseException as error:
            raised.append(error)
            raise

    try:
        return _run_trial(study, watched, catch)
    except Exception as error:
        if not ran or not is_heartbeat_enabled(study._storage) or not _is_refusal(error):
            raise
        stored = _read(study._storage, ran[0])
        if stored.state != TrialState.FAIL:
            raise
        # What the objective raised by itself ends the loop, as it does otherwise, a Ctrl-C above all.
        if raised and not _is_of_trial(raised[0], catch):
            raise raised[0]
    _logger.warning("Trial %d was failed by another worker, which missed its heartbeats. Its result is not stored.", stored.number)
    return stored._trial_id if _gives_id else stored


def _is_of_trial(error: BaseException, catch: tuple) -> bool:
    return isinstance(error, (TrialPruned, *catch)) or _is_refusal(error)


def _is_refusal(error: BaseException) -> bool:
    return any(isinstance(cause, (RuntimeError, ValueError)) and str(cause).rstrip(".").endswith(_REFUSALS) for cause in _causes(error))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _read(storage: Any, trial_id: int) -> FrozenTrial:
    stored = getattr(storage, "_backend", storage).get_trial(trial_id)
    # The cache of Optuna 3.1 takes its own trials for what they were; a running one would hold a slot of the budget.
    find_cached = getattr(storage, "_get_cached_trial", None)
    cached = None if find_cached is None else find_cached(trial_id)
    if cached is not None:
        vars(cached).update(vars(stored))
    return copy.deepcopy(stored)
