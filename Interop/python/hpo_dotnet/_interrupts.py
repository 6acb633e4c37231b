"""Ctrl-C while Python's main thread is in C#."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import threading
from collections.abc import Callable
from typing import Any

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
        self._reader, writer = socket.socketpair()
        writer.setblocking(False)
        self._writer = writer
        self._descriptor = writer.fileno()
        self._others = -1
        threading.Thread(target=self._watch, name="hpo_dotnet-interrupts", daemon=True).start()

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Calls the function while signals are watched. On the main thread."""
        previous = signal.set_wakeup_fd(self._descriptor, warn_on_full_buffer=False)
        self._others = previous if previous != self._descriptor else self._others
        try:
            return function(*arguments)
        finally:
            signal.set_wakeup_fd(previous)

    def _watch(self) -> None:
        while number := self._reader.recv(1):
            if self._others != -1 and os.name == "posix":  # an event loop waits for it too
                os.write(self._others, number)
            if number[0] == signal.SIGINT and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
                self._interrupt()
