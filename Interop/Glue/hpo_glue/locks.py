"""A lock of a study that all processes which work on it share, and that ends with the process that holds it."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from contextlib import contextmanager
from typing import Any, Callable, Iterator

from hpo_glue.patience import patiently

_WAIT_SECONDS = 5
# The server frees the lock of a machine that vanished without closing its connection.
_IDLE_SECONDS = 120


class _Held(threading.local):
    def __init__(self) -> None:
        self.by_name: dict[str, StudyLock] = {}


_held = _Held()


class StudyLock:
    """What a holder of the lock learns."""

    def __init__(self) -> None:
        # Only a server can lose a lock while its holder lives: by a restart, or with the connection.
        self.was_lost = False


@contextmanager
def study_lock(study: Any, is_stopping: Callable[[], bool] = lambda: False) -> Iterator[StudyLock]:
    """Held by one thread of one process at a time, which may take it again while it holds it.

    Raises InterruptedError when ``is_stopping`` while it waits.
    """
    # Below Optuna's cache is the RDB storage, below its journal storage the file.
    backing = getattr(study._storage, "_backend", study._storage)
    engine = getattr(backing, "engine", None)
    identity = f"{study.study_name}@{_place(study._storage, backing)}"
    name = "hpo:" + hashlib.sha256(identity.encode()).hexdigest()[:40]
    if name in _held.by_name:
        yield _held.by_name[name]
        return
    is_mysql = engine is not None and engine.dialect.name == "mysql"
    with _server_lock(engine, name, is_stopping) if is_mysql else _file_lock(name) as lock:
        _held.by_name[name] = lock
        try:
            yield lock
        finally:
            del _held.by_name[name]


def _place(storage: Any, backing: Any) -> str:
    """What distinguishes this storage from others on this machine."""
    engine = getattr(backing, "engine", None)
    if engine is not None:
        database = engine.url.database or ""
        return os.path.abspath(database) if engine.dialect.name == "sqlite" else str(engine.url)
    path = getattr(backing, "_file_path", None)
    return os.path.abspath(path) if path else f"{type(backing).__name__}-{os.getpid()}-{id(storage)}"


@contextmanager
def _server_lock(engine: Any, name: str, is_stopping: Callable[[], bool]) -> Iterator[StudyLock]:
    connection = patiently(_connect_and_lock, engine, name, is_stopping)
    lock = StudyLock()
    try:
        yield lock
    finally:
        try:
            freed = connection.exec_driver_sql("SELECT RELEASE_LOCK(%s)", (name,)).scalar()
            lock.was_lost = freed != 1
            connection.close()
        except Exception:
            lock.was_lost = True
            connection.invalidate()


def _connect_and_lock(engine: Any, name: str, is_stopping: Callable[[], bool]) -> Any:
    connection = engine.connect()
    try:
        take = connection.exec_driver_sql
        take(f"SET SESSION wait_timeout = {_IDLE_SECONDS}")
        while take("SELECT GET_LOCK(%s, %s)", (name, _WAIT_SECONDS)).scalar() != 1:
            if is_stopping():
                raise InterruptedError
    except BaseException:
        connection.invalidate()
        raise
    return connection


@contextmanager
def _file_lock(name: str) -> Iterator[StudyLock]:
    folder = os.path.join(tempfile.gettempdir(), "hpo-locks")
    os.makedirs(folder, exist_ok=True)
    # Never removed: a file that another process has open, but not locked yet, must stay the one at this path.
    path = os.path.join(folder, name.replace(":", "-") + ".lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        _lock(descriptor)
        yield StudyLock()
    finally:
        os.close(descriptor)  # which also unlocks


def _lock(descriptor: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
