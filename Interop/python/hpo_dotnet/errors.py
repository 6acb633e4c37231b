"""What can go wrong. Importing this module starts nothing."""

from __future__ import annotations


class HostError(RuntimeError):
    """.NET cannot be used in this process; the message says why, and the way out."""


class DotNetNotFoundError(HostError):
    """There is no .NET that could be hosted; the message tells where it was looked for."""


class TorchConflictError(HostError):
    """Python's torch and TorchSharp would meet in one process, which would end it."""


class IsolatedProcessError(HostError):
    """The process of an isolated objective ended before it had answered."""


class AssemblyError(HostError):
    """A file is no assembly with objectives, or the built assemblies are not there."""


class UnknownObjectiveError(LookupError):
    """There is no objective of that name; the message lists those that there are."""


class SettingsError(TypeError, ValueError):
    """Settings do not fit their objective; the message names each with its type and range."""


class DotNetError(Exception):
    """An exception that C# code threw. Its text holds the C# stack."""

    def __init__(self, text: str, exception: object = None, details: str = "") -> None:
        super().__init__(text)
        self.exception = exception
        self.details = details

    @property
    def type_name(self) -> str:
        """The C# type with its namespace, e.g. ``System.InvalidOperationException``."""
        return str(self.args[0]).partition(": ")[0]

    @property
    def message(self) -> str:
        """The message alone, without the type and the stack."""
        return str(self.args[0]).partition(": ")[2]

    def __str__(self) -> str:
        return self.details or str(self.args[0])

    def __reduce__(self) -> tuple[type[DotNetError], tuple[str, None, str]]:
        # The original stays in its process.
        return type(self), (str(self.args[0]), None, self.details)


_HOSTING = "Hpo.Interop.HostedByPython."
_TYPES: dict[str, type[Exception]] = {
    _HOSTING + "ObjectiveAssemblyException": AssemblyError,
    _HOSTING + "UnknownObjectiveException": UnknownObjectiveError,
    _HOSTING + "ObjectiveSettingsException": SettingsError,
    _HOSTING + "TorchConflictException": TorchConflictError,
}


def translated(error: DotNetError) -> Exception:
    """The host's own exceptions in their Python classes; others as they are."""
    known = _TYPES.get(error.type_name)
    return error if known is None else known(error.message)
