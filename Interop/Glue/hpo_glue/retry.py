"""Retries calls of a database after its transient errors: restarts, deadlocks, lost connections. Knows no Optuna."""

from __future__ import annotations

import functools
import inspect
import logging
import random
import threading
import time
from typing import Any, Callable, Sequence

import sqlalchemy.exc

# The numbers of MySQL's and MariaDB's transient errors, as in MySqlErrors.cs, which says what each is: nothing was done …
_NOT_APPLIED = {1020, 1040, 1042, 1047, 1203, 1205, 1213, 1226, 1290, 1792, 1836, 2002, 2003}
# … or the answer was lost, and nobody knows whether it was done.
_UNKNOWN_OUTCOME = {1053, 1152, 1158, 1159, 1160, 1161, 1184, 1317, 1927, 2006, 2013, 2055, 4031}
_TRANSIENT = _NOT_APPLIED | _UNKNOWN_OUTCOME

# SQLite's, as in SqliteErrors.cs, with their texts: before Python 3.11 the driver gives no numbers.
_SQLITE_NOT_APPLIED = {
    5: "database is locked",
    6: "database table is locked",
    14: "unable to open database file",
    15: "locking protocol",
}
_SQLITE_TRANSIENT = {**_SQLITE_NOT_APPLIED, 10: "disk I/O error"}

_LONGEST_SECONDS = 600.0
_FIRST_CONNECTION_RETRIES = 5
_FIRST_PAUSE, _FIRST_LONG_PAUSE, _LONGEST_PAUSE = 0.05, 0.8, 2.0

_logger = logging.getLogger("optuna.hpo.storage")
_state = threading.local()


def with_rare_retries(function: Callable, *args: Any) -> Any:
    """As ``with_retries``, with less overhead where no retry is needed: for an idempotent call that makes no such call itself."""
    try:
        return function(*args)
    except Exception as error:
        if getattr(_state, "is_inside", False) or not is_transient(error):
            raise
    return with_retries(function, *args, has_failed=True)


def open_with_retries(function: Callable, *, was_reached: bool) -> Any:
    """Opens a storage, which is idempotent: as ``with_retries`` where somebody has reached the database already.

    Else the URL may be wrong, and there are only a few retries, within about a second. They are counted, since on a slow
    network the first attempt alone takes as long.
    """
    return with_retries(function, retries=None if was_reached else _FIRST_CONNECTION_RETRIES)


def create_or_load(create_study: Callable, **kwargs: Any) -> Any:
    """Optuna's ``create_study``, with retries where it loads a study that exists.

    Nobody can tell whether a study was made whose answer was lost; but whoever made it, it is loaded then.
    """
    is_idempotent = kwargs.get("load_if_exists") and kwargs.get("study_name") is not None
    return with_retries(create_study, **kwargs) if is_idempotent else create_study(**kwargs)


def retry_methods(cls: type, inner: Sequence[str], is_idempotent: Callable[[str, tuple, dict], bool]) -> None:
    """Calls each of a class's methods with retries, those of its bases too, but for special and ``inner`` ones.

    :param is_idempotent: Judges a call by the method's name and the arguments.
    """
    for name in dir(cls):
        method = inspect.getattr_static(cls, name)
        if inspect.isfunction(method) and not name.startswith("__") and name not in inner:
            setattr(cls, name, _retried(name, method, is_idempotent))


def _retried(name: str, method: Any, is_idempotent: Callable[[str, tuple, dict], bool]) -> Any:
    @functools.wraps(method)
    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        return with_retries(method, self, *args, is_idempotent=is_idempotent(name, args, kwargs), **kwargs)

    return call


def with_retries(
    function: Callable,
    *args: Any,
    is_idempotent: bool = True,
    has_failed: bool = False,
    retries: int | None = None,
    **kwargs: Any,
) -> Any:
    """Calls ``function``, and retries it after transient errors, for ten minutes or ``retries`` times at most.

    A call that is not idempotent is retried only where the database is known to have done nothing. A call within a
    call is not retried by itself: it belongs to the outer one's transaction.

    :param has_failed: Whether a first attempt has failed already.
    """
    if getattr(_state, "is_inside", False):
        return function(*args, **kwargs)
    _state.is_inside, _state.is_retry = True, has_failed
    began, pause, failures = time.monotonic(), _FIRST_PAUSE, 0
    try:
        while True:
            try:
                return function(*args, **kwargs)
            except Exception as error:
                if not is_transient(error) or not (is_idempotent or is_not_applied(error)):
                    raise
                failures += 1
                if retries is not None and failures > retries or time.monotonic() - began > _LONGEST_SECONDS:
                    raise
                if _FIRST_LONG_PAUSE <= pause < 2 * _FIRST_LONG_PAUSE:
                    _logger.warning("The database does not answer; trying for ten minutes. %s", reason(error))
            time.sleep(pause * random.uniform(0.5, 1.0))
            pause = min(pause * 2, _LONGEST_PAUSE)
            _state.is_retry = True
    finally:
        _state.is_inside, _state.is_retry = False, False


def is_retry() -> bool:
    """Whether the running call is a retry: the attempt before may have been done although its answer was lost."""
    return getattr(_state, "is_retry", False)


def is_transient(error: BaseException | None) -> bool:
    """Whether a retry of the same call may succeed."""
    while error is not None:
        if getattr(error, "is_transient", False) or isinstance(error, sqlalchemy.exc.PendingRollbackError):
            return True
        if isinstance(error, sqlalchemy.exc.DBAPIError):
            return error.connection_invalidated or _has(error, _TRANSIENT, _SQLITE_TRANSIENT)
        error = error.__cause__
    return False


def reason(error: BaseException) -> str:
    """The driver's or the native storage's own words, on one line."""
    while error.__cause__ is not None and not isinstance(error, sqlalchemy.exc.DBAPIError):
        error = error.__cause__
    text = error.orig if isinstance(error, sqlalchemy.exc.DBAPIError) else error
    return " ".join(str(text).split())


def is_not_applied(error: BaseException | None) -> bool:
    """Whether the database is known to have done nothing."""
    while error is not None:
        if isinstance(error, sqlalchemy.exc.DBAPIError):
            return _has(error, _NOT_APPLIED, _SQLITE_NOT_APPLIED)
        error = error.__cause__
    return False


def _has(error: sqlalchemy.exc.DBAPIError, numbers: set[int], sqlite: dict[int, str]) -> bool:
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        return number & 0xFF in sqlite  # the other bits say more of the cause
    arguments = getattr(error.orig, "args", ())
    return bool(arguments) and arguments[0] in numbers or str(error.orig).startswith(tuple(sqlite.values()))
