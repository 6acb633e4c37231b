"""Failing the trials of dead workers, where several workers find them at the same moment.

Optuna 3.1 lets a worker die of the trial that another one has failed just before it, and those after it stay as they are
(optuna #4862). Workers of a cluster start together, with nobody who fails such trials before.
"""

from __future__ import annotations

import copy
import inspect
from typing import Any

import optuna
from optuna.storages import _heartbeat
from optuna.trial import TrialState

# What later versions expect of a trial that has ended already: UpdateFinishedTrialError is a RuntimeError.
_EXPECTED = {"RuntimeError", "UpdateFinishedTrialError"}


def expect_others() -> None:
    """Lets this process's Optuna leave a stale trial to the worker that was quicker, as its later versions do."""
    installed = inspect.unwrap(optuna.storages.fail_stale_trials)
    if not _EXPECTED.intersection(installed.__code__.co_names):
        optuna.storages.fail_stale_trials = _heartbeat.fail_stale_trials = fail_stale_trials


def fail_stale_trials(study: Any) -> None:
    """Optuna's, with each trial's failing on its own. What else fails is raised when all others have had their turn."""
    storage = study._storage
    if not _heartbeat.is_heartbeat_enabled(storage):
        return
    callback, errors = storage.get_failed_trial_callback(), []
    for trial_id in storage._get_stale_trial_ids(study._study_id):
        try:
            if _fail(storage, trial_id) and callback is not None:
                callback(study, copy.deepcopy(storage.get_trial(trial_id)))
        except Exception as error:
            errors.append(error)
    if errors:
        raise errors[0]


def _fail(storage: Any, trial_id: int) -> bool:
    """Whether it was this call that failed the trial."""
    try:
        return storage.set_trial_state_values(trial_id, state=TrialState.FAIL)
    except RuntimeError:
        return False
