"""A lock of a study that all processes of this machine share, and that ends with the process that holds it."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from contextlib import contextmanager
from typing import Any, Iterator


class _Held(threading.local):
    def __init__(self) -> None:
        self.names: set[str] = set()


_held = _Held()


@contextmanager
def study_lock(study: Any) -> Iterator[None]:
    """Held by one thread of one process at a time, which may take it again while it holds it."""
    identity = f"{study.study_name}@{_place(study._storage)}"
    name = "hpo-" + hashlib.sha256(identity.encode()).hexdigest()[:40]
    if name in _held.names:
        yield
        return
    with _file_lock(name):
        _held.names.add(name)
        try:
            yield
        finally:
            _held.names.remove(name)


def _place(storage: Any) -> str:
    """What distinguishes this storage from others on this machine."""
    # Below Optuna's cache is the RDB storage, below its journal storage the file.
    backing = getattr(storage, "_backend", storage)
    engine = getattr(backing, "engine", None)
    if engine is not None:
        database = engine.url.database or ""
        return os.path.abspath(database) if engine.dialect.name == "sqlite" else str(engine.url)
    path = getattr(backing, "_file_path", None)
    return os.path.abspath(path) if path else f"{type(backing).__name__}-{os.getpid()}-{id(storage)}"


@contextmanager
def _file_lock(name: str) -> Iterator[None]:
    folder = os.path.join(tempfile.gettempdir(), "hpo-locks")
    os.makedirs(folder, exist_ok=True)
    # Never removed: a file that another process has open, but not locked yet, must stay the one at this path.
    descriptor = os.open(os.path.join(folder, f"{name}.lock"), os.O_RDWR | os.O_CREAT, 0o666)
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
