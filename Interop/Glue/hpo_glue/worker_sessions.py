"""The database sessions of a worker's RDB storage: strict, and with what failed last in a thread. No Optuna."""

from __future__ import annotations

import threading
from typing import Any

import sqlalchemy

_thread = threading.local()


def prepare(engine: Any) -> None:
    """Makes what the engine opens from now on such sessions."""
    sqlalchemy.event.listen(engine, "handle_error", _remember)
    if engine.dialect.name in ("mysql", "mariadb"):
        sqlalchemy.event.listen(engine, "connect", _refuse_what_does_not_fit)
    engine.dispose()  # the sessions that are open already


def forget_error() -> None:
    _thread.error = None


def last_error() -> BaseException | None:
    """What this thread's database call failed with since it was forgotten."""
    return getattr(_thread, "error", None)


def _remember(context: Any) -> None:
    _thread.error = context.sqlalchemy_exception or context.original_exception


def _refuse_what_does_not_fit(connection: Any, _record: Any) -> None:
    # Without strict modes long texts are cut silently. The other modes stay: SQLAlchemy's dialect follows them.
    cursor = connection.cursor()
    cursor.execute("SET SESSION sql_mode = CONCAT(@@SESSION.sql_mode, ',STRICT_TRANS_TABLES')")
    cursor.close()
