"""Keeps the signals of the process Python's while .NET starts."""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Generator
from contextlib import contextmanager

_SIGACTION_SIZE = 512  # more than any platform's struct sigaction


@contextmanager
def signal_handlers_kept() -> Generator[None, None, None]:
    """Puts the handlers back that .NET replaces with its own.

    Those call the ones before them, but let interrupted system calls go on: after Ctrl-C, a Python that waits in read()
    would not come back to raise KeyboardInterrupt.
    """
    if os.name != "posix":
        yield
        return
    libc = ctypes.CDLL(None)
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)
    kept = {number: ctypes.create_string_buffer(_SIGACTION_SIZE) for number in numbers}
    for number, action in kept.items():
        libc.sigaction(number, None, action)
    try:
        yield
    finally:
        for number, action in kept.items():
            libc.sigaction(number, action, None)
