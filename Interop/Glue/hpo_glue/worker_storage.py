"""Optuna's RDB storage for workers of a launcher: outlives a restart of the database, and marks whose each trial is."""

from __future__ import annotations

import inspect
import itertools
import os
import socket
import threading
import warnings
from datetime import datetime, timezone
from typing import Any, Sequence

import optuna
from optuna.storages import RDBStorage
from optuna.trial import FrozenTrial, TrialState

from hpo_glue.patience import is_repeated, patiently

OWNER_KEY = "hpo:worker"

_NOT_REPEATABLE = {"create_new_study", "delete_study", "create_new_trial", "_create_new_trial"}
_asks = itertools.count()


def is_launched() -> bool:
    return bool(os.environ.get("HPO_RUN"))


if is_launched():
    # The launcher asked for these, and not the user whom the warning would reach.
    warnings.filterwarnings(
        "ignore",
        message=r"(fail_stale_trials|Retry\w+Callback) is experimental",
        category=optuna.exceptions.ExperimentalWarning,
    )


def harden(storage: Any) -> Any:
    """Makes an RDB storage, or the one below Optuna's cache, a WorkerRDBStorage; others stay what they are."""
    backing = getattr(storage, "_backend", storage)
    if type(backing) is RDBStorage:
        backing.__class__ = WorkerRDBStorage
    return storage


class WorkerRDBStorage(RDBStorage):
    """Asks a database again that does not answer, and writes a launched worker's identity on each trial it takes.

    The mark stands in the same transaction as the new trial, so that no death of the worker can part them: whoever finds
    a RUNNING trial can tell whether its worker lives.
    """

    def _create_new_trial(self, study_id: int, template_trial: FrozenTrial | None = None) -> FrozenTrial:
        if template_trial is not None or not is_launched():
            return super()._create_new_trial(study_id, template_trial)
        if not is_repeated():
            self._mark = _new_mark()
        elif (known := self._find_marked(study_id, self._mark)) is not None:
            return known
        return super()._create_new_trial(study_id, _marked_trial(self._mark))

    def set_trial_state_values(
        self, trial_id: int, state: TrialState, values: Sequence[float] | None = None
    ) -> bool:
        if is_repeated():
            trial = self.get_trial(trial_id)
            if state == TrialState.RUNNING == trial.state:
                return is_launched() and trial.system_attrs.get(OWNER_KEY) == self._mark
            if state.is_finished() and trial.state == state:
                return True
        if state != TrialState.RUNNING or not is_launched():
            return super().set_trial_state_values(trial_id, state, values)
        # Before it runs: a mark on a trial that waits means nothing.
        self._mark = _new_mark()
        super().set_trial_system_attr(trial_id, OWNER_KEY, self._mark)
        if super().set_trial_state_values(trial_id, state, values):
            return True
        self._unmark(trial_id)
        return False

    def _unmark(self, trial_id: int) -> None:
        """Another worker, one that sets no marks, was quicker."""
        try:
            super().set_trial_system_attr(trial_id, OWNER_KEY, None)
        except RuntimeError:
            pass  # It is finished already.

    def _find_marked(self, study_id: int, mark: dict) -> FrozenTrial | None:
        if self.engine.dialect.name == "mysql":
            # A creation under way holds this row: afterwards it is either done or never will be.
            with self.engine.begin() as connection:
                connection.exec_driver_sql(
                    "SELECT study_id FROM studies WHERE study_id = %s FOR UPDATE", (study_id,)
                ).all()
        running = self.get_all_trials(study_id, deepcopy=False, states=(TrialState.RUNNING,))
        return next((trial for trial in running if trial.system_attrs.get(OWNER_KEY) == mark), None)

    @property
    def _mark(self) -> dict:
        return _THREAD_MARKS.mark

    @_mark.setter
    def _mark(self, mark: dict) -> None:
        _THREAD_MARKS.mark = mark


class _ThreadMarks(threading.local):
    mark: dict = {}


_THREAD_MARKS = _ThreadMarks()


def _patient(name: str, method: Any) -> Any:
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        is_repeatable = name not in _NOT_REPEATABLE or (is_launched() and _creates_own_trial(name, args, kwargs))
        return patiently(method, self, *args, is_repeatable=is_repeatable, **kwargs)

    call.__name__ = name
    return call


def _creates_own_trial(name: str, args: tuple, kwargs: dict) -> bool:
    template = args[1] if len(args) > 1 else kwargs.get("template_trial")
    return name.endswith("create_new_trial") and template is None


for _name in dir(WorkerRDBStorage):
    _member = inspect.getattr_static(WorkerRDBStorage, _name)
    if inspect.isfunction(_member) and not _name.startswith("__") and _name not in ("_unmark", "_find_marked"):
        setattr(WorkerRDBStorage, _name, _patient(_name, _member))


def _marked_trial(mark: dict) -> FrozenTrial:
    trial = optuna.trial.create_trial(state=TrialState.RUNNING, system_attrs={OWNER_KEY: mark})
    trial.datetime_start = _now()
    return trial


def _now() -> datetime:
    """As this Optuna writes it: naive, in local time before 5.0 and in UTC from then on."""
    if int(optuna.__version__.split(".")[0]) < 5:
        return datetime.now()
    return datetime.now(timezone.utc).replace(tzinfo=None)


def _new_mark() -> dict:
    return {
        "run": os.environ["HPO_RUN"],
        "worker": int(os.environ.get("HPO_WORKER_INDEX") or 0),
        "start": int(os.environ.get("HPO_WORKER_RESTART") or 0),
        "ask": next(_asks),
        **_identity(),
    }


def _identity() -> dict:
    """What tells this process from every other, so that its death can be seen on this machine."""
    return {
        "host": socket.gethostname(),
        "boot": _text("/proc/sys/kernel/random/boot_id"),
        "space": _link("/proc/self/ns/pid"),
        "pid": os.getpid(),
        "born": _birth(),
    }


def _birth() -> str | None:
    stat = _text("/proc/self/stat")
    return stat and stat.rpartition(")")[2].split()[19]


def _text(path: str) -> str | None:
    try:
        with open(path) as file:
            return file.read().strip()
    except OSError:
        return None


def _link(path: str) -> str | None:
    try:
        return os.readlink(path)
    except OSError:
        return None
