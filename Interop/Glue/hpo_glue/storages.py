"""Storages beside the database: journals, and the proxy over gRPC; and the schema of a database."""

from __future__ import annotations

import inspect
import json
import logging
import os
from contextlib import contextmanager
from typing import Any, Iterator

import optuna

from hpo_glue import features


def journal_file_storage(path: str, lock: str | None, grace_period: int | None) -> Any:
    """``lock`` is the class of the file's lock, None for Optuna's choice."""
    arguments: dict = {"file_path": path}
    kind = _journal_kind()
    if lock is not None:
        options: dict = {"filepath": path}
        if grace_period is not None:
            options["grace_period"] = grace_period
        arguments["lock_obj"] = features.call(kind, lock, options)
    name = "JournalFileBackend" if kind.endswith("journal") else "JournalFileStorage"
    return optuna.storages.JournalStorage(_read_while_it_grows(features.call(kind, name, arguments)))


def _read_while_it_grows(file: Any) -> Any:
    """Lets a reader of a journal meet a line that another one is writing.

    An Optuna whose ``read_logs`` is no generator takes the rest of such a line for one of its own, and the file for broken.
    It is broken where reading fails although nothing was written meanwhile.
    """
    read_logs = file.read_logs
    if inspect.isgeneratorfunction(read_logs):
        return file

    def read(log_number_from: int) -> list:
        while True:
            size = os.stat(file._file_path).st_size
            try:
                return read_logs(log_number_from)
            except json.JSONDecodeError:
                if os.stat(file._file_path).st_size == size:
                    raise

    file.read_logs = read
    return file


def journal_redis_storage(arguments: dict) -> Any:
    kind = _journal_kind()
    name = "JournalRedisBackend" if kind.endswith("journal") else "JournalRedisStorage"
    return optuna.storages.JournalStorage(features.call(kind, name, arguments))


def _journal_kind() -> str:
    """Where this Optuna keeps the parts of a journal."""
    return "storages.journal" if hasattr(optuna.storages, "journal") else "storages"  # the former from Optuna 4.0


def run_grpc_proxy_server(storage: Any, host: str, port: int) -> None:
    """Serves until the process ends."""
    features.call("storages", "run_grpc_proxy_server", {"storage": storage, "host": host, "port": port})


def versions(storage: Any) -> list:
    """Of the schema: the current one, Optuna's own, and all."""
    database = _database(storage)
    return [database.get_current_version(), database.get_head_version(), database.get_all_versions()]


def upgrade(storage: Any) -> None:
    with _logging_kept():
        _database(storage).upgrade()


@contextmanager
def _logging_kept() -> Iterator[None]:
    """Alembic reads a configuration of its own for the whole process, which silences every logger that it does not name."""
    root = logging.getLogger()
    loggers = [logger for logger in root.manager.loggerDict.values() if isinstance(logger, logging.Logger)]
    kept = [(logger, logger.disabled, logger.level, logger.propagate, logger.handlers[:]) for logger in (root, *loggers)]
    try:
        yield
    finally:
        for logger, disabled, level, propagate, handlers in kept:
            logger.disabled, logger.propagate, logger.handlers[:] = disabled, propagate, handlers
            logger.setLevel(level)


def _database(storage: Any) -> Any:
    return getattr(storage, "_backend", storage)
