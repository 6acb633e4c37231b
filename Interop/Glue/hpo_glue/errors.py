"""Errors that cross the border. Knows no Optuna."""

from __future__ import annotations

import traceback


class DotNetError(Exception):
    """An exception that C# code threw; ``exception`` holds the original for its way back."""

    def __init__(self, text: str, exception: object = None) -> None:
        super().__init__(text)
        self.exception = exception


class CaughtDotNetError(Exception):
    """A C# exception that the study was told to catch: the trial fails and the study goes on."""


class BudgetSpent(Exception):
    """The study has as many trials as it shall have."""


def connect(host_error: type | None) -> list:
    """What C# needs of this module; ``host_error`` is the DotNetError that a Python process which hosts .NET brings."""
    global DotNetError
    DotNetError = host_error or DotNetError
    return [DotNetError, describe]


def is_cancellation(error: BaseException | None) -> bool:
    """Whether C# code ended because its caller cancelled it."""
    kinds = ("System.OperationCanceledException:", "System.Threading.Tasks.TaskCanceledException:")
    return isinstance(error, DotNetError) and str(error).startswith(kinds)


def describe(error: BaseException) -> list:
    """The names of the class and its bases, the message, the traceback without local variables, and what it came from."""
    names = [_name(base) for base in type(error).__mro__ if base is not object]
    lines = traceback.format_exception(type(error), error, error.__traceback__)
    return [names, printable(str(error)), printable("".join(lines)).rstrip(), causes(error)]


def causes(error: BaseException) -> list[str]:
    """The errors that it was raised from or while handling, the nearest first, each in a line; as a traceback shows them."""
    found: list[str] = []
    seen = {id(error)}
    told = str(error)
    cause = _cause(error)
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        line = (str(cause).splitlines() or [""])[0]
        if not line or line not in told:  # a wrapper often quotes what it wraps
            found.append(printable(f"{_name(type(cause))}: {line}" if line else _name(type(cause))))
        told, cause = told + str(cause), _cause(cause)
    return found


def _cause(error: BaseException) -> BaseException | None:
    if error.__cause__ is not None:
        return error.__cause__
    return None if error.__suppress_context__ else error.__context__


def _name(cls: type) -> str:
    module = cls.__module__
    return cls.__qualname__ if module == "builtins" else f"{module}.{cls.__qualname__}"


def printable(text: str) -> str:
    """A lone surrogate, as in a file name that is not UTF-8, has no form outside Python: it becomes its escape."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")
