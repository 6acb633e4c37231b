"""Ctrl-C while Python's main thread is in C#."""

from __future__ import annotations

import ctypes
import math
import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any

_KEPT_SECONDS = 0.05
_main_thread = threading.main_thread().ident


def on_main_thread() -> bool:
    """Whether this is the thread that Python handles signals on."""
    return threading.get_ident() == _main_thread


def raise_pending() -> None:
    """Runs the handlers of signals that have arrived."""
    ctypes.pythonapi.PyErr_CheckSignals()


class InterruptWatch:
    """Tells C# of a Ctrl-C that would raise KeyboardInterrupt.

    Python runs a handler only between two steps of its own code, so the main thread cannot learn of a signal while it is
    in C#. The signal's byte on the wakeup descriptor reaches another thread right away.
    """

    def __init__(self, interrupt: Callable[[], object]) -> None:
        self._interrupt = interrupt
        self._reader, self._writer = socket.socketpair()
        self._writer.setblocking(False)
        self._others = -1
        self._installed = -math.inf
        threading.Thread(target=self._watch, name="hpo_dotnet-interrupts", daemon=True).start()

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Calls the function while signals are watched. On the main thread."""
        begin = monotonic()
        # Setting the descriptor costs more than a short trial: from one to the next it stays.
        if begin - self._installed > _KEPT_SECONDS:
            self._install()
        self._installed = begin
        try:
            result = function(*arguments)
        except BaseException:
            self._restore()
            raise
        if monotonic() - begin > _KEPT_SECONDS:
            self._restore()
        return result

    def _install(self) -> None:
        descriptor = self._writer.fileno()
        previous = signal.set_wakeup_fd(descriptor, warn_on_full_buffer=False)
        if previous != descriptor:
            self._others = previous

    def _restore(self) -> None:
        self._installed = -math.inf
        try:
            signal.set_wakeup_fd(self._others)
        except (OSError, ValueError):  # whoever it belonged to has closed it
            signal.set_wakeup_fd(-1)

    def _watch(self) -> None:
        while number := self._reader.recv(1):
            if self._others != -1 and os.name == "posix":  # an event loop waits for it too
                with suppress(OSError):
                    os.write(self._others, number)
            if number[0] == signal.SIGINT and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
                self._interrupt()
