"""The system attributes that name a trial's owner. Knows no Optuna."""

from __future__ import annotations

import functools
import itertools
import os
import socket
import uuid
from typing import Any

# The launched worker that runs the trial, and how to tell that it has died: stays with the trial.
KEY = "hpo:worker"

# What a process without a launcher sets while it takes a waiting trial, and removes then.
_CLAIM_KEY = "hpo:take"

_asks = itertools.count()


def is_launched() -> bool:
    return bool(os.environ.get("HPO_RUN"))


def new_claim() -> tuple[str, Any]:
    """What a process writes with taking a waiting trial, to know the trial for its own where the answer was lost."""
    return (KEY, new_owner()) if is_launched() else (_CLAIM_KEY, uuid.uuid4().hex)


def new_owner() -> dict:
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
