"""Samplers, pruners and storages, made from what C# options name."""

from __future__ import annotations

import inspect
from typing import Any, Callable

import optuna
from optuna.trial import FrozenTrial, TrialState

from hpo_glue import heartbeats, sampling
from hpo_glue.features import call, find
from hpo_glue.mysql_storage import MySqlStorage
from hpo_glue.retry import open_with_retries
from hpo_glue.trial_owner import is_launched
from hpo_glue.trials import freeze
from hpo_glue.worker_storage import harden


def build(kind: str, name: str, arguments: dict, is_native: bool = False) -> Any:
    """An instance of ``optuna.<kind>.<name>``; ``kind`` may be a dotted path. With ``is_native`` of our subclass, if there is one."""
    return call(kind, name, arguments, sampling.find(kind, name) if is_native else None)


def native_sampling() -> dict[str, bool]:
    """The samplers and pruners that are native, and whether each is used."""
    return sampling.describe()


def require(kind: str, name: str) -> None:
    find(kind, name)


def classify(value: Any, name: str) -> list:
    """The name of its class, and whether that is ``optuna.<name>`` or below it."""
    expected: Any = optuna
    for part in name.split("."):
        expected = getattr(expected, part)
    return [f"{type(value).__module__}.{type(value).__qualname__}", isinstance(value, expected)]


def rdb_storage(url: str, arguments: dict, retry: dict | None, on_stale: Callable | None = None) -> Any:
    """``retry`` holds the arguments of the callback that enqueues stale trials again, ``on_stale`` is another one."""
    retry = _complete(arguments, retry)
    if retry is not None or on_stale is not None:
        arguments.update(stale_callback(retry, on_stale))

    def make() -> Any:
        return build("storages", "RDBStorage", {"url": url, **arguments})

    return harden(open_with_retries(make, was_reached=is_launched()))


def mysql_storage(
    functions: Callable[[], dict], arguments: dict, retry: dict | None, on_stale: Callable[[Any, list], None] | None
) -> MySqlStorage:
    """``functions`` makes the native storage; the others are as in rdb_storage. A callback among the arguments stays."""
    retry = _complete(arguments, retry)
    has_callback = arguments.keys() & {"heartbeat_stale_trial_callback", "failed_trial_callback"}
    if not has_callback and (retry is not None or on_stale is not None):
        (arguments["heartbeat_stale_trial_callback"],) = stale_callback(retry, on_stale).values()
    return MySqlStorage(functions, **arguments)


def _complete(arguments: dict, retry: dict | None) -> dict | None:
    """Adds the heartbeat that a launcher asks for; gives the arguments of the callback that retries."""
    heartbeat = heartbeats.asked(arguments.get("heartbeat_interval"), arguments.get("grace_period"), retry)
    if heartbeat.interval is not None:
        arguments["heartbeat_interval"] = heartbeat.interval
    if heartbeat.grace is not None:
        arguments["grace_period"] = heartbeat.grace
    return heartbeat.retry


def stale_callback(retry: dict | None, on_stale: Callable[[Any, list], None] | None) -> dict:
    """The storage's argument with a callback that does both, as this Optuna names it."""
    accepted = inspect.signature(optuna.storages.RDBStorage).parameters
    is_renamed = "heartbeat_stale_trial_callback" in accepted  # from Optuna 4.9
    enqueue = None
    if retry is not None:
        name = "RetryHeartbeatStaleTrialCallback" if is_renamed else "RetryFailedTrialCallback"
        enqueue = getattr(optuna.storages, name)(**retry)

    def callback(study: Any, trial: FrozenTrial) -> None:
        on_stale(study, freeze(trial))
        if enqueue is not None:
            enqueue(study, trial)

    name = "heartbeat_stale_trial_callback" if is_renamed else "failed_trial_callback"
    return {name: enqueue if on_stale is None else callback}


def trial_function(callback: Callable[[list], Any]) -> Callable[[FrozenTrial], Any]:
    """Optuna's function of a trial, e.g. its constraints or what is shown of it."""
    return lambda trial: callback(freeze(trial))


def weights_function(callback: Callable[[int], list]) -> Callable[[int], Any]:
    import numpy

    return lambda count: numpy.asarray(callback(count), dtype=float)


def trial_states(names: list[str] | None) -> tuple[TrialState, ...] | None:
    return None if names is None else tuple(TrialState[name] for name in names)


def points(rows: list[list[float]]) -> Any:
    """Reference points, one a row."""
    import numpy

    return numpy.asarray(rows, dtype=float)
