"""The mark that a launched worker sets on each trial it takes: who runs it, and how to tell that it has died. No Optuna."""

from __future__ import annotations

import functools
import itertools
import os
import socket

KEY = "hpo:worker"

_asks = itertools.count()


def is_launched() -> bool:
    return bool(os.environ.get("HPO_RUN"))


def new_mark() -> dict:
    return {
        "run": os.environ["HPO_RUN"],
        "worker": int(os.environ.get("HPO_WORKER_INDEX") or 0),
        "start": int(os.environ.get("HPO_WORKER_RESTART") or 0),
        "ask": next(_asks),
        **_identity(os.getpid()),
    }


@functools.lru_cache(maxsize=1)  # a forked process is another one
def _identity(pid: int) -> dict:
    """What tells this process from every other, so that its death can be seen on this machine."""
    return {
        "host": socket.gethostname(),
        "boot": _text("/proc/sys/kernel/random/boot_id"),
        "space": _link("/proc/self/ns/pid"),
        "pid": pid,
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
