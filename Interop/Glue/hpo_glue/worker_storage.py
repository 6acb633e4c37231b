"""Optuna's RDB storage for workers: retries after transient errors, names the owner of each trial, keeps a budget."""

from __future__ import annotations

import threading
import time
import warnings
from contextlib import contextmanager
from typing import Any, Callable, Iterator, Sequence

import optuna
from optuna.distributions import BaseDistribution
from optuna.storages import RDBStorage
from optuna.storages._rdb import models
from optuna.trial import FrozenTrial, TrialState
from sqlalchemy.exc import SQLAlchemyError

from hpo_glue import worker_sessions
from hpo_glue.retry import is_not_applied, is_retry, is_transient, retry_methods
from hpo_glue.stale_trials import expect_others
from hpo_glue.times import now
from hpo_glue.trial_owner import KEY, is_launched, new_claim, new_owner
from hpo_glue.worker_limits import limited, limits, limits_of
from hpo_glue.worker_transactions import (
    BEAT,
    add_attribute,
    begin_trial,
    end_trial,
    lock_study,
    refuse_beyond,
    remove_attribute,
    set_param,
)

_NOT_IDEMPOTENT = {"create_new_study", "delete_study", "create_new_trial", "_create_new_trial"}

if is_launched():
    # The launcher asked for these, and not the user whom the warning would reach.
    warnings.filterwarnings(
        "ignore",
        message=r"(fail_stale_trials|Retry\w+Callback) is experimental",
        category=optuna.exceptions.ExperimentalWarning,
    )


def harden(storage: Any) -> Any:
    """Makes an RDB storage, or the one below Optuna's cache, a WorkerRDBStorage; others stay what they are."""
    expect_others()
    backing = getattr(storage, "_backend", storage)
    if type(backing) is RDBStorage:
        backing.__class__ = WorkerRDBStorage
        worker_sessions.prepare(backing.engine)
    return storage


def locks_studies(storage: Any) -> Any:
    """The storage, or the one below Optuna's cache, where taking a trial locks the study's row in the database; or None."""
    backing = getattr(storage, "_backend", storage)
    is_one = hasattr(backing, "at_most") and not (
        isinstance(backing, WorkerRDBStorage) and backing.engine.dialect.name == "sqlite"
    )
    return backing if is_one else None


@contextmanager
def optimizing(study: Any) -> Iterator[None]:
    """Within it, the trial that ``Study.optimize`` of this thread takes next begins with a heartbeat.

    Others would be given up for dead, since nobody gives further ones: those that a script asks for by itself.
    """
    is_in_loop = study._thread_local.in_optimize_loop
    before, _THREAD.optimized = _THREAD.optimized, study._study_id if is_in_loop else None
    try:
        yield
    finally:
        _THREAD.optimized = before


class WorkerRDBStorage(RDBStorage):
    """Retries calls after transient errors, and writes a launched worker as the owner of each trial that it takes.

    The owner stands in the same transaction as the new trial, so that no death of the worker can part them: whoever finds
    a RUNNING trial can tell whether its worker lives. So does the count that a limit asks for: Optuna holds the study's
    row from the beginning of that transaction.
    """

    at_most = staticmethod(limited)

    def _create_new_trial(self, study_id: int, template_trial: FrozenTrial | None = None) -> FrozenTrial:
        if template_trial is not None:
            return self._create_from_template(study_id, template_trial)
        if not is_retry():
            _THREAD.owner = new_owner() if is_launched() else None
        elif _THREAD.owner and (known := self._find_owned(study_id, _THREAD.owner)) is not None:
            return known
        trial = self._begin(study_id) if self._is_mysql else super()._create_new_trial(study_id)
        if _THREAD.owner:
            trial.system_attrs[KEY] = _THREAD.owner
        return trial

    def _create_from_template(self, study_id: int, template_trial: FrozenTrial) -> FrozenTrial:
        worker_sessions.forget_error()
        try:
            return super()._create_new_trial(study_id, template_trial)
        except _AnswerLost as error:
            raise optuna.exceptions.StorageInternalError(
                "The connection was lost, and it is not known whether the trial was made."
            ) from error.__cause__

    def _begin(self, study_id: int) -> FrozenTrial:
        limits = limits_of(study_id)
        # Optuna looks for stale trials right before it takes one that it will keep alive.
        beats = self.heartbeat_interval is not None and _THREAD.optimized == _THREAD.looked == study_id
        moment, _THREAD.looked = now(), None
        trial_id, number = self._in_transaction(
            lambda connection: begin_trial(connection, study_id, moment, limits, _THREAD.owner, beats=beats)
        )
        if beats:
            _begun.add((self.url, trial_id))
        return FrozenTrial(
            number=number,
            state=TrialState.RUNNING,
            value=None,
            datetime_start=moment,
            datetime_complete=None,
            params={},
            distributions={},
            user_attrs={},
            system_attrs={},
            intermediate_values={},
            trial_id=trial_id,
        )

    def _get_prepared_new_trial(self, study_id: int, template_trial: FrozenTrial | None, session: Any) -> Any:
        if template_trial is not None:
            # From 4.1 on Optuna comes here again after any error, also where the answer to a commit was lost: that would
            # make the trial twice.
            error = worker_sessions.last_error()
            if error is not None and is_transient(error) and not is_not_applied(error):
                raise _AnswerLost from error
            return super()._get_prepared_new_trial(study_id, template_trial, session)
        refuse_beyond(limits(), session)
        trial = super()._get_prepared_new_trial(study_id, None, session)
        if _THREAD.owner:
            add_attribute(trial.trial_id, KEY, _THREAD.owner, session)
        return trial

    def set_trial_param(
        self, trial_id: int, param_name: str, param_value_internal: float, distribution: BaseDistribution
    ) -> None:
        if not self._is_mysql:
            super().set_trial_param(trial_id, param_name, param_value_internal, distribution)
            return
        state = self._in_transaction(
            lambda connection: set_param(connection, trial_id, param_name, param_value_internal, distribution)
        )
        self.check_trial_is_updatable(trial_id, state)

    def _check_and_set_param_distribution(self, study_id: int, trial_id: int, *parameter: Any) -> None:
        # Up to Optuna 4.8: a parameter that this process has not seen in the study before. Optuna's INSERT fails in a
        # retry, so that a lost answer would cost the trial.
        if not self._is_mysql:
            super()._check_and_set_param_distribution(study_id, trial_id, *parameter)
            return

        def change(connection: Any) -> TrialState:
            lock_study(connection, study_id)  # so that two workers cannot begin with distributions that exclude each other
            return set_param(connection, trial_id, *parameter)

        self.check_trial_is_updatable(trial_id, self._in_transaction(change))

    def set_trial_state_values(
        self, trial_id: int, state: TrialState, values: Sequence[float] | None = None
    ) -> bool:
        if state == TrialState.RUNNING:
            return self._take(trial_id)
        if is_retry() and state.is_finished() and self.get_trial(trial_id).state == state:
            return True
        if not (state.is_finished() and self._is_mysql):
            return super().set_trial_state_values(trial_id, state, values)
        before = self._in_transaction(lambda connection: end_trial(connection, trial_id, state, values))
        self.check_trial_is_updatable(trial_id, before)
        return True

    def _take(self, trial_id: int) -> bool:
        """Lets a waiting trial run, unless another worker was quicker.

        What tells it from others' is part of the transaction, so that the trial is not left running where its answer is lost.
        """
        if not is_retry():
            _THREAD.claim, _THREAD.is_taken = new_claim(), False
        key, value = _THREAD.claim
        if not _THREAD.is_taken and is_retry():
            found = self.get_trial(trial_id)
            _THREAD.is_taken = found.state == TrialState.RUNNING and found.system_attrs.get(key) == value
        if not _THREAD.is_taken:
            _THREAD.is_taken = self._take_waiting(trial_id, key, value)
        if _THREAD.is_taken and not is_launched() and self._is_mysql:
            self._in_transaction(lambda connection: remove_attribute(connection, trial_id, key))
        return _THREAD.is_taken

    def _take_waiting(self, trial_id: int, key: str, value: Any) -> bool:
        _THREAD.looked = None
        session = self.scoped_session()
        try:
            for study_id in {study_id for study_id, _, _ in limits()}:
                models.StudyModel.find_or_raise_by_id(study_id, session, for_update=True)
            trial = models.TrialModel.find_or_raise_by_id(trial_id, session, for_update=True)
            if trial.state != TrialState.WAITING:  # which Optuna 3.1 takes for a mistake when it has ended meanwhile
                session.rollback()
                return False
            refuse_beyond(limits(), session)
            if is_launched() or self._is_mysql:  # no answer of an SQLite file is lost
                attribute = models.TrialSystemAttributeModel
                session.query(attribute).filter(attribute.trial_id == trial_id, attribute.key == key).delete()
                add_attribute(trial_id, key, value, session)
            return super().set_trial_state_values(trial_id, TrialState.RUNNING)
        except BaseException:
            session.rollback()
            raise

    def _get_stale_trial_ids(self, study_id: int) -> list[int]:
        # Optuna looks before each trial, which costs half as much as the trial itself. Nothing is stale any sooner.
        place, moment = (self.url, study_id), time.monotonic()
        looked, _THREAD.looked = _looks.get(place), study_id
        if is_launched() and looked is not None and moment - looked < self.heartbeat_interval:
            return []
        _looks[place] = moment
        return super()._get_stale_trial_ids(study_id)

    def record_heartbeat(self, trial_id: int) -> None:
        if not self._is_mysql:
            super().record_heartbeat(trial_id)
        elif (self.url, trial_id) in _begun:
            _begun.discard((self.url, trial_id))
        else:
            self._in_transaction(lambda connection: connection.exec_driver_sql(BEAT, (trial_id,)))

    def _find_owned(self, study_id: int, owner: dict) -> FrozenTrial | None:
        if self._is_mysql:
            # A creation under way holds this row: afterwards it is either done or never will be.
            self._in_transaction(lambda connection: lock_study(connection, study_id))
        running = self.get_all_trials(study_id, deepcopy=False, states=(TrialState.RUNNING,))
        return next((trial for trial in running if trial.system_attrs.get(KEY) == owner), None)

    def _in_transaction(self, change: Callable[[Any], Any]) -> Any:
        try:
            with self.engine.begin() as connection:
                return change(connection)
        except SQLAlchemyError as error:
            raise optuna.exceptions.StorageInternalError("The database did not make a change.") from error

    @property
    def _is_mysql(self) -> bool:
        return self.engine.dialect.name in ("mysql", "mariadb")


class _AnswerLost(Exception):
    """Nobody knows whether the database has done what it was asked for."""


# When this process last looked for stale trials, by the storage's URL and the study.
_looks: dict[tuple[str, int], float] = {}

# Trials, by the storage's URL and their id, that began with a heartbeat: the first that Optuna sends needs no writing.
_begun: set[tuple[str, int]] = set()


class _ThreadState(threading.local):
    def __init__(self) -> None:
        self.owner: dict | None = None
        # What tells the waiting trial that this thread takes, and whether it has it already.
        self.claim: tuple[str, Any] = ("", None)
        self.is_taken = False
        # The study that this thread last looked for stale trials in, and the one that it optimizes.
        self.looked: int | None = None
        self.optimized: int | None = None


_THREAD = _ThreadState()


def _is_idempotent(name: str, args: tuple, kwargs: dict) -> bool:
    if name not in _NOT_IDEMPOTENT:
        return True
    template = args[1] if len(args) > 1 else kwargs.get("template_trial")
    return is_launched() and name.endswith("create_new_trial") and template is None


# Parts of other calls, or with no call of the database in them.
_INNER = ("_create_from_template", "_find_owned", "_take", "_take_waiting", "_begin", "_in_transaction")
retry_methods(WorkerRDBStorage, _INNER, _is_idempotent)
