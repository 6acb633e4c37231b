"""Samplers, pruners and storages, made from what C# options name."""

from __future__ import annotations

import inspect
from typing import Any, Callable

import optuna
from optuna.trial import FrozenTrial

from hpo_glue.mysql_storage import MySqlStorage
from hpo_glue.patience import patiently
from hpo_glue.trials import freeze
from hpo_glue.worker_storage import harden, is_launched


class FeatureMissingError(Exception):
    """The installed Optuna lacks something that the options ask for."""


def build(kind: str, name: str, arguments: dict) -> Any:
    """An instance of ``optuna.<kind>.<name>``; ``kind`` may be a dotted path."""
    module: Any = optuna
    for part in kind.split("."):
        module = getattr(module, part, None)
    factory = getattr(module, name, None)
    if factory is None:
        raise FeatureMissingError(f"Optuna {optuna.__version__} has no {kind}.{name}.")
    accepted = inspect.signature(factory).parameters
    unknown = [argument for argument in arguments if argument not in accepted]
    if unknown:
        raise FeatureMissingError(
            f"{kind}.{name} of Optuna {optuna.__version__} has no parameter {', '.join(unknown)}."
        )
    return factory(**arguments)


def rdb_storage(url: str, arguments: dict, retry: dict | None) -> Any:
    """``retry`` holds the arguments of the callback that enqueues stale trials again."""
    if retry is not None:
        arguments.update(retry_callback(retry))

    def make() -> Any:
        return build("storages", "RDBStorage", {"url": url, **arguments})

    # A launcher has reached the database before: it is away for a moment, and the URL is right.
    return harden(patiently(make) if is_launched() else make())


def mysql_storage(functions: Callable[[], dict], arguments: dict, retry: dict | None) -> MySqlStorage:
    """``functions`` makes the native storage; ``retry`` is as in rdb_storage."""
    if retry is not None:
        (arguments["failed_trial_callback"],) = retry_callback(retry).values()
    return MySqlStorage(functions, **arguments)


def retry_callback(retry: dict) -> dict:
    """The storage's argument with the callback of ``retry``'s arguments, as this Optuna names both."""
    accepted = inspect.signature(optuna.storages.RDBStorage).parameters
    if "heartbeat_stale_trial_callback" in accepted:  # its name from Optuna 4.9
        callback = optuna.storages.RetryHeartbeatStaleTrialCallback(**retry)
        return {"heartbeat_stale_trial_callback": callback}
    return {"failed_trial_callback": optuna.storages.RetryFailedTrialCallback(**retry)}


def journal_file_storage(path: str) -> Any:
    journal = getattr(optuna.storages, "journal", None)
    if journal is not None:  # from Optuna 4.0
        return optuna.storages.JournalStorage(journal.JournalFileBackend(path))
    return optuna.storages.JournalStorage(optuna.storages.JournalFileStorage(path))


def constraints_function(callback: Callable[[list], list]) -> Callable[[FrozenTrial], list]:
    return lambda trial: callback(freeze(trial))


def weights_function(callback: Callable[[int], list]) -> Callable[[int], Any]:
    import numpy

    return lambda count: numpy.asarray(callback(count), dtype=float)
