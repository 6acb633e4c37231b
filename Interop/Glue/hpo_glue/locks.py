"""A lock of a study that all processes of this machine share, and that ends with the process that holds it."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
import threading
from contextlib import contextmanager
from typing import Any, Iterator

_FOR_EVERYBODY = 0o666

# What Windows lacks. A lock's file is no link, and to open what is there instead of it (a pipe, a device) waits for nobody.
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


class _Held(threading.local):
    def __init__(self) -> None:
        self.names: set[str] = set()


_held = _Held()
_thread_locks: dict[str, threading.Lock] = {}
_making = threading.Lock()


@contextmanager
def study_lock(study: Any, on_server: bool = False) -> Iterator[None]:
    """Held by one thread of one process at a time, which may take it again while it holds it.

    :param on_server: Whether the native storage and Optuna's may both work on the study: its name is all that they share here.
    """
    name, backing = _server_lock(study.study_name) if on_server else _name(study._storage, study.study_name)
    if name in _held.names:
        yield
        return
    with _thread_lock(name) if backing is None else _file_lock(name, backing):
        _held.names.add(name)
        try:
            yield
        finally:
            _held.names.remove(name)


def _name(storage: Any, study: str) -> tuple[str, str | None]:
    """The lock's name, and the file that it protects: "" for a storage that is none, None for one of this process only.

    The lock of a file stands beside it, where every user who may write to it, in any container, finds the same one; its
    studies share it, as they share the file's own lock. That of a server stands in the machine's temporary folder.
    """
    # Below Optuna's cache is the RDB storage, below its journal storage the file.
    backing = getattr(storage, "_backend", storage)
    engine = getattr(backing, "engine", None)
    if engine is None:
        file = getattr(backing, "_file_path", None)
        if file is None:
            return f"{type(backing).__name__}-{id(storage)}-{study}", None
    elif engine.dialect.name == "sqlite":
        file = _sqlite_file(engine.url)
        if file is None:
            return f"sqlite-{id(engine)}-{study}", None
    else:
        return _server_lock(f"{study}@{engine.url}")
    file = os.path.realpath(file)
    return f"{file}.hpo-lock", file


def _server_lock(identity: str) -> tuple[str, str]:
    name = "hpo-" + hashlib.sha256(identity.encode()).hexdigest()[:40]
    return os.path.join(tempfile.gettempdir(), f"{name}.lock"), ""


def _sqlite_file(url: Any) -> str | None:
    """The file of a database, or None for one in memory."""
    database = url.database or ""
    if database.startswith("file:"):
        database = database[len("file:") :].partition("?")[0]
    return None if database in ("", ":memory:") or url.query.get("mode") == "memory" else database


@contextmanager
def _thread_lock(name: str) -> Iterator[None]:
    with _making:
        lock = _thread_locks.setdefault(name, threading.Lock())
    with lock:
        yield


@contextmanager
def _file_lock(path: str, protected: str) -> Iterator[None]:
    while True:
        descriptor = _open(path, protected)
        try:
            _lock(descriptor)
            # Who cleans temporary folders may have removed it meanwhile, and somebody made another one.
            if _is_at(descriptor, path):
                yield
                return
        finally:
            os.close(descriptor)  # which also unlocks


def _open(path: str, protected: str) -> int:
    while True:
        try:
            # Without O_CREAT: Linux refuses that for another user's file in a folder like /tmp (fs.protected_regular).
            # To lock a file it is enough to read it.
            descriptor = os.open(path, (os.O_RDWR if os.name == "nt" else os.O_RDONLY) | _SAFELY)
        except FileNotFoundError:
            try:
                descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _SAFELY, _FOR_EVERYBODY)
            except FileExistsError:
                if os.path.islink(path):
                    raise
                continue
            _share(descriptor, protected)
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return descriptor
        os.close(descriptor)
        raise OSError(f"{path} is no file: remove it, since it keeps processes from sharing a study.")


def _share(descriptor: int, protected: str) -> None:
    """Whoever may open what a lock protects may open the lock, whatever the umask of the one who makes it."""
    if os.name == "nt":
        return
    model = os.stat(protected) if protected else None
    os.fchmod(descriptor, _FOR_EVERYBODY if model is None else stat.S_IMODE(model.st_mode) & _FOR_EVERYBODY)
    if model is not None:
        try:
            os.fchown(descriptor, model.st_uid if os.geteuid() == 0 else -1, model.st_gid)
        except PermissionError:
            pass  # the file is of a group that this user is not in


def _is_at(descriptor: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path, follow_symlinks=False))
    except FileNotFoundError:
        return False


def _lock(descriptor: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
