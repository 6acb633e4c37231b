"""What a launcher asks of its workers' heartbeats: one rule for every kind of worker and storage. Knows no Optuna."""

from __future__ import annotations

import os
from typing import NamedTuple

# As WorkerEnvironment.HeartbeatsPerGrace. Optuna's own default is two.
HEARTBEATS_PER_GRACE = 4


class Heartbeat(NamedTuple):
    """Seconds between heartbeats and until a trial without one is failed; the arguments of the callback that retries it."""

    interval: int | None
    grace: int | None
    retry: dict | None


def asked(interval: int | None, grace: int | None, retry: dict | None) -> Heartbeat:
    """The heartbeat that a worker names, completed by its launcher's where it names no interval."""
    launchers = number("HPO_HEARTBEAT_INTERVAL")
    if interval is not None or not launchers:
        return Heartbeat(interval, grace, retry)
    retries = number("HPO_RETRY_FAILED")
    return Heartbeat(
        launchers,
        grace or number("HPO_HEARTBEAT_GRACE") or HEARTBEATS_PER_GRACE * launchers,
        retry or ({"max_retry": retries} if retries else None),
    )


def number(variable: str) -> int | None:
    text = os.environ.get(variable)
    return int(text) if text else None
