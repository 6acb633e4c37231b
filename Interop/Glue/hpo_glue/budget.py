"""A number of trials for a whole study, exact over all processes that work on it.

Optuna's MaxTrialsCallback looks after a trial has ended, so that workers overshoot by the trials in flight. Here
each worker takes a lock of the study, counts finished and running trials, and only then asks for another one.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import contextmanager
from typing import Any, Iterator

from optuna.trial import TrialState

_COUNTED = (TrialState.COMPLETE, TrialState.PRUNED, TrialState.RUNNING)
_LOCK_WAIT_SECONDS = 5


class BudgetSpent(Exception):
    """The study has as many trials as it shall have."""


@contextmanager
def limit_total_trials(study: Any, total: int | None) -> Iterator[None]:
    """Makes ``study.ask`` refuse, with BudgetSpent, a trial beyond ``total`` (None: no limit).

    Failed trials do not count, and a running one does: when it fails, whoever asks next replaces it.
    """
    if total is None:
        yield
        return
    ask = study.ask

    def ask_within_budget(*args: Any, **kwargs: Any) -> Any:
        with _study_lock(study):
            if len(study.get_trials(deepcopy=False, states=_COUNTED)) >= total:
                raise BudgetSpent
            return ask(*args, **kwargs)

    study.ask = ask_within_budget
    try:
        yield
    finally:
        del study.ask


@contextmanager
def _study_lock(study: Any) -> Iterator[None]:
    """Held by one thread of one process at a time; the system frees it when its process dies."""
    # Below Optuna's cache is the RDB storage, below its journal storage the file.
    backing = getattr(study._storage, "_backend", study._storage)
    engine = getattr(backing, "engine", None)
    identity = f"{study.study_name}@{_place(study._storage, backing)}"
    name = "hpo:" + hashlib.sha256(identity.encode()).hexdigest()[:40]
    if engine is not None and engine.dialect.name == "mysql":
        with _server_lock(study, engine, name):
            yield
    else:
        with _file_lock(name):
            yield


def _place(storage: Any, backing: Any) -> str:
    """What distinguishes this storage from others on this machine."""
    engine = getattr(backing, "engine", None)
    if engine is not None:
        database = engine.url.database or ""
        return os.path.abspath(database) if engine.dialect.name == "sqlite" else str(engine.url)
    path = getattr(backing, "_file_path", None)
    return os.path.abspath(path) if path else f"{type(backing).__name__}-{os.getpid()}-{id(storage)}"


@contextmanager
def _server_lock(study: Any, engine: Any, name: str) -> Iterator[None]:
    with engine.connect() as connection:
        take = connection.exec_driver_sql
        while take("SELECT GET_LOCK(%s, %s)", (name, _LOCK_WAIT_SECONDS)).scalar() != 1:
            if study._stop_flag:
                raise BudgetSpent
        try:
            yield
        finally:
            take("SELECT RELEASE_LOCK(%s)", (name,)).scalar()


@contextmanager
def _file_lock(name: str) -> Iterator[None]:
    folder = os.path.join(tempfile.gettempdir(), "hpo-locks")
    os.makedirs(folder, exist_ok=True)
    # Never removed: a file that another process has open, but not locked yet, must stay the one at this path.
    path = os.path.join(folder, name.replace(":", "-") + ".lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _lock(descriptor)
        yield
    finally:
        os.close(descriptor)  # which also unlocks


def _lock(descriptor: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
