"""Assemblies, and what is in them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hpo_dotnet import _host
from hpo_dotnet._objective import Objective, resolve


@dataclass(frozen=True)
class Setting:
    """A setting of an objective."""

    name: str
    type: str
    """The type as Python writes it, e.g. ``int`` or ``str | None``."""
    required: bool
    default: Any
    """The default; None where it is required."""
    description: str | None
    minimum: int | float | None
    maximum: int | float | None
    choices: tuple[Any, ...] | None

    def __str__(self) -> str:
        text = f"{self.name}: {self.type}"
        if not self.required:
            text += f" = {self.default!r}"
        notes = [self.description] if self.description else []
        if self.minimum is not None or self.maximum is not None:
            notes.append(f"from {self.minimum} to {self.maximum}")
        if self.choices is not None:
            notes.append("one of " + ", ".join(repr(choice) for choice in self.choices))
        return text + (f"  # {'; '.join(notes)}" if notes else "")


@dataclass(frozen=True)
class ObjectiveInfo:
    """What an objective is, and what can be set."""

    name: str
    description: str | None
    settings: tuple[Setting, ...]

    def __str__(self) -> str:
        head = self.name if self.description is None else f"{self.name}: {self.description}"
        return "\n    ".join([head, *map(str, self.settings)])


class Library:
    """An assembly with objectives."""

    def __init__(self, assembly: Path | None) -> None:
        self._assembly = assembly
        self._objectives = tuple(_info(facts) for facts in _host.host().describe(resolve(assembly)))

    @property
    def path(self) -> Path:
        """The assembly."""
        return resolve(self._assembly)

    def objectives(self) -> list[ObjectiveInfo]:
        """Its objectives, with their settings and docs."""
        return list(self._objectives)

    def objective(self, name: str, /, *, isolated: bool = False, **settings: Any) -> Objective:
        """Makes an objective.

        :param name: Its name, as ``objectives()`` lists it.
        :param isolated: Whether it runs in a process of its own, where Python's torch and TorchSharp would meet otherwise.
        :param settings: Its settings; those left out have their defaults.
        :raises UnknownObjectiveError: There is none of that name.
        :raises SettingsError: A setting is unknown, missing, of a wrong type or out of its range.
        """
        return Objective(self._assembly, name, settings, isolated)

    def __repr__(self) -> str:
        return f"<hpo_dotnet.Library {str(self.path)!r}: {', '.join(info.name for info in self._objectives)}>"


def load(assembly: str | os.PathLike[str]) -> Library:
    """Loads a C# assembly whose objectives implement ``Hpo.Interop.IObjective``.

    :raises AssemblyError: The file is no assembly with objectives.
    :raises HostError: .NET cannot be used in this process.
    """
    return Library(Path(assembly).resolve())


def objective(name: str, /, *, isolated: bool = False, **settings: Any) -> Objective:
    """Makes one of the built-in objectives; see :meth:`Library.objective`."""
    return Objective(None, name, settings, isolated)


def objectives() -> list[ObjectiveInfo]:
    """The built-in objectives, with their settings and docs."""
    return Library(None).objectives()


def _info(facts: dict[str, Any]) -> ObjectiveInfo:
    settings = tuple(Setting(**{**setting, "choices": _tuple(setting["choices"])}) for setting in facts["settings"])
    return ObjectiveInfo(facts["name"], facts["description"], settings)


def _tuple(items: list[Any] | None) -> Any:
    return None if items is None else tuple(items)
