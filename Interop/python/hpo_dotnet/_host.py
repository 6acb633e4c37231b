"""The .NET runtime of this process: started once, at the first use, and running until the process ends."""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Union

import optuna

from hpo_dotnet import _torch
from hpo_dotnet._assemblies import HOST_ASSEMBLY, find_assemblies
from hpo_dotnet._dotnet import find_dotnet
from hpo_dotnet._hostfxr import EntryPoint, entry_point
from hpo_dotnet._interrupts import InterruptWatch
from hpo_dotnet._pythonnet import make_way
from hpo_dotnet._signals import signal_handlers_kept
from hpo_dotnet.errors import DotNetError, HostError, translated

_MESSAGE_SIZE = 16384

StartArgument = Union[str, "os.PathLike[str]", None]


class Host:
    """The C# side, connected."""

    def __init__(self, dotnet_root: StartArgument, assemblies: StartArgument) -> None:
        self._functions: dict[str, Callable[..., Any]] = {}
        self.assemblies = find_assemblies(assemblies)
        dotnet = find_dotnet(dotnet_root)
        make_way()
        with signal_handlers_kept():
            connect = entry_point(dotnet, self.assemblies / HOST_ASSEMBLY, "Hpo.Interop.HostedByPython.PythonHost", "Connect")
            self._connect(connect)
        self.interrupts = InterruptWatch(self._functions["interrupt"])

    def _connect(self, connect: EntryPoint) -> None:
        message = ctypes.create_string_buffer(_MESSAGE_SIZE)
        handshake = self._handshake
        # The fields of ConnectArguments in Interop/HostedByPython/PythonHost.cs.
        arguments = struct.pack(
            "@5P",
            ctypes.pythonapi._handle,  # pyright: ignore[reportPrivateUsage]
            id(handshake),
            id(DotNetError),
            ctypes.addressof(message),
            _MESSAGE_SIZE,
        )
        if connect(arguments) != 0:
            raise HostError(f"{HOST_ASSEMBLY} of {self.assemblies}: {message.value.decode(errors='replace')}")

    def describe(self, assembly: Path) -> list[dict[str, Any]]:
        """The objectives of an assembly."""
        objectives: list[dict[str, Any]] = self._call("describe", str(assembly))
        return objectives

    def create(
        self, assembly: Path, name: str, settings: dict[str, Any]
    ) -> tuple[Callable[..., Any], Callable[[], None] | None]:
        """A function that evaluates trials, and one that disposes the objective where it wants to be."""
        evaluate, dispose = self._call("create", str(assembly), name, settings)
        return evaluate, dispose

    def mysql_storage(self, url: str) -> dict[str, Callable[..., Any]]:
        """The functions of a native storage."""
        try:
            functions: dict[str, Callable[..., Any]] = self._functions["mysql_storage"](url)
        except DotNetError as error:
            if error.type_name != "Hpo.Interop.Storages.StorageUrlException":
                raise
            raise ValueError(error.message) from None
        return functions

    def interrupt(self) -> None:
        """Cancels the evaluation of the main thread."""
        self._functions["interrupt"]()

    def _handshake(self, functions: dict[str, Callable[..., Any]]) -> list[Any]:
        self._functions = functions
        return [sys.executable, platform.python_version(), optuna.__version__, _torch.claim]

    def _call(self, function: str, *arguments: Any) -> Any:
        try:
            return self._functions[function](*arguments)
        except DotNetError as error:
            problem = translated(error)
            if problem is error:
                raise
            raise problem from None


_lock = threading.Lock()
_host: Host | None = None
_started_with: tuple[StartArgument, StartArgument] = (None, None)
_is_forked = False


def start(*, dotnet_root: StartArgument = None, assemblies: StartArgument = None) -> None:
    """Starts .NET in this process. Calling it is only needed to say how; the first objective does it otherwise.

    :param dotnet_root: The folder of the .NET installation. Default: ``DOTNET_ROOT``, what installers register, the
        usual folders, the ``dotnet`` on ``PATH``.
    :param assemblies: The folder that holds ``Hpo.Interop.dll``. Default: ``HPO_DOTNET_ASSEMBLIES``, those that the wheel
        carries, those of the clone.
    :raises HostError: It cannot be started, or runs already with other arguments.
    """
    global _host, _started_with
    with _lock:
        refuse_after_fork()
        wanted = (dotnet_root, assemblies)
        if _host is None:
            _host = Host(*wanted)
            _started_with = wanted
        elif wanted not in ((None, None), _started_with):
            raise HostError(".NET runs in this process already, with other arguments: call hpo_dotnet.start first.")


def host() -> Host:
    """The host, started with defaults where it was not started yet."""
    if _host is None or _is_forked:
        start()
    assert _host is not None
    return _host


def start_arguments() -> tuple[StartArgument, StartArgument]:
    """What a process of our own has to be started with to be like this one: dotnet_root, assemblies."""
    return _started_with


def is_forked() -> bool:
    """Whether this process was forked from one that runs .NET."""
    return _is_forked


def refuse_after_fork() -> None:
    """.NET does not survive a fork: its threads are gone, and the first lock that one of them held never opens."""
    if _is_forked:
        raise HostError(
            "This process was forked from one that runs .NET, where .NET cannot go on. Use "
            'multiprocessing.get_context("spawn"), or run the objective in a process of its own: '
            "hpo_dotnet.objective(..., isolated=True)."
        )


def _after_fork() -> None:
    global _is_forked, _lock
    _is_forked = _is_forked or _host is not None or _lock.locked()
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
