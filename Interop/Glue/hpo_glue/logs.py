"""Optuna's log lines and Python's warnings, handed to C#."""

from __future__ import annotations

import logging
import traceback
from typing import Callable

import optuna

from hpo_glue.errors import is_cancellation


class _Forwarder(logging.Handler):
    def __init__(self, callback: Callable[[int, str, str, str | None], None]) -> None:
        super().__init__()
        self._callback = callback

    def emit(self, record: logging.LogRecord) -> None:
        try:
            level, error = record.levelno, None
            if record.exc_info and is_cancellation(record.exc_info[1]):
                level = min(level, logging.INFO)  # what the caller asked for is no warning
            elif record.exc_info:
                error = "".join(traceback.format_exception(*record.exc_info))
            self._callback(level, record.name, record.getMessage(), error)
        except Exception:
            self.handleError(record)


def forward(callback: Callable[[int, str, str, str | None], None], level: int) -> None:
    optuna.logging.disable_default_handler()
    optuna.logging.set_verbosity(level)
    handler = _Forwarder(callback)
    logging.getLogger("optuna").addHandler(handler)
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").addHandler(handler)
    logging.getLogger("py.warnings").propagate = False


def set_verbosity(level: int) -> None:
    optuna.logging.set_verbosity(level)


def get_verbosity() -> int:
    return optuna.logging.get_verbosity()


def use_default_handler(is_enabled: bool) -> None:
    (optuna.logging.enable_default_handler if is_enabled else optuna.logging.disable_default_handler)()


def propagate(is_enabled: bool) -> None:
    (optuna.logging.enable_propagation if is_enabled else optuna.logging.disable_propagation)()
