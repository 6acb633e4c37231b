"""Starts .NET in this process through hostfxr, and finds one static method in it."""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hpo_dotnet._dotnet import DotNet
from hpo_dotnet.errors import AssemblyError, HostError

_RUNTIME_CONFIG = Path(__file__).with_name("hpo_dotnet.runtimeconfig.json")
_LOAD_ASSEMBLY_AND_GET_FUNCTION_POINTER = 5
_INCOMPATIBLE_CONFIG = 0x800080A5
_NO_SUCH_TYPE, _NO_SUCH_METHOD = 0x80131522, 0x80131513

EntryPoint = Callable[[bytes], int]


def entry_point(dotnet: DotNet, assembly: Path, type_name: str, method: str) -> EntryPoint:
    """A static C# method ``int Method(nint arguments, int size)``; calling it releases the GIL."""
    if importlib.util.find_spec("clr_loader") is not None:
        return _through_clr_loader(dotnet, assembly, type_name, method)
    return _through_ctypes(dotnet, assembly, type_name, method)


def _through_clr_loader(dotnet: DotNet, assembly: Path, type_name: str, method: str) -> EntryPoint:
    clr_loader: Any = importlib.import_module("clr_loader")
    try:
        runtime = clr_loader.get_coreclr(runtime_config=str(_RUNTIME_CONFIG), dotnet_root=str(dotnet.root))
        function: EntryPoint = runtime.get_assembly(str(assembly)).get_function(type_name, method)
    except Exception as error:
        raise HostError(f".NET of {dotnet.root} cannot be started by clr_loader: {error}") from error
    return function


def _through_ctypes(dotnet: DotNet, assembly: Path, type_name: str, method: str) -> EntryPoint:
    try:
        hostfxr = ctypes.CDLL(str(dotnet.hostfxr))
    except OSError as error:
        raise HostError(f"{dotnet.hostfxr} cannot be loaded: {error}") from error
    messages: list[str] = []

    def keep(text: str | bytes) -> None:
        messages.append(_decode(text))

    writer = _ERROR_WRITER(keep)
    hostfxr.hostfxr_set_error_writer.restype = ctypes.c_void_p
    hostfxr.hostfxr_set_error_writer(writer)
    context = ctypes.c_void_p()
    try:
        parameters = _Parameters(ctypes.sizeof(_Parameters), None, _encode(dotnet.root))
        _check(
            hostfxr.hostfxr_initialize_for_runtime_config(
                _encode(_RUNTIME_CONFIG), ctypes.byref(parameters), ctypes.byref(context)
            ),
            messages,
            dotnet,
        )
        address = ctypes.c_void_p()
        _check(
            hostfxr.hostfxr_get_runtime_delegate(
                context, _LOAD_ASSEMBLY_AND_GET_FUNCTION_POINTER, ctypes.byref(address)
            ),
            messages,
            dotnet,
        )
        load = _LOAD(address.value or 0)
        qualified = f"{type_name}, {assembly.stem}"
        code: int = load(_encode(assembly), _encode(qualified), _encode(method), None, None, ctypes.byref(address))
        if code & 0xFFFFFFFF in (_NO_SUCH_TYPE, _NO_SUCH_METHOD):
            raise AssemblyError(f"{assembly} is of another version than this hpo_dotnet: it has no {type_name}.{method}.")
        _check(code, messages, dotnet)
    finally:
        hostfxr.hostfxr_set_error_writer(None)
        if context:
            hostfxr.hostfxr_close(context)
    function = _METHOD(address.value or 0)

    def call(arguments: bytes) -> int:
        code: int = function(arguments, len(arguments))
        return code

    return call


def _check(code: int, messages: list[str], dotnet: DotNet) -> None:
    """Codes of success are not negative: a runtime that runs already is one."""
    if code >= 0:
        return
    if code & 0xFFFFFFFF == _INCOMPATIBLE_CONFIG:
        raise HostError(
            "Another .NET runtime runs in this process already, and it is too old for hpo_dotnet: start hpo_dotnet first "
            "(hpo_dotnet.start()), or let the other one start .NET 10."
        )
    reason = "\n".join(message for message in messages if message) or "it gives no reason"
    raise HostError(f".NET of {dotnet.root} cannot be started (0x{code & 0xFFFFFFFF:08x}): {reason}")


_CHAR_POINTER = ctypes.c_wchar_p if sys.platform == "win32" else ctypes.c_char_p
_ERROR_WRITER = ctypes.CFUNCTYPE(None, _CHAR_POINTER)
_METHOD = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, ctypes.c_int)
_LOAD = ctypes.CFUNCTYPE(
    ctypes.c_int,
    _CHAR_POINTER,
    _CHAR_POINTER,
    _CHAR_POINTER,
    ctypes.c_void_p,
    ctypes.c_void_p,
    ctypes.c_void_p,
)


class _Parameters(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("host_path", _CHAR_POINTER), ("dotnet_root", _CHAR_POINTER)]


def _encode(text: str | Path) -> Any:
    return str(text) if sys.platform == "win32" else str(text).encode()


def _decode(text: str | bytes) -> str:
    return text.decode(errors="replace") if isinstance(text, bytes) else text
