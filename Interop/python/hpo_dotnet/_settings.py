"""Settings on their way to C#."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, cast

from hpo_dotnet.errors import SettingsError


def plain_settings(settings: Mapping[str, object]) -> dict[str, Any]:
    """The settings in the types that cross: None, bool, int, float, str, and lists of these."""
    return {name: _plain(name, value) for name, value in settings.items()}


def _plain(name: str, value: object) -> Any:
    if value is None or isinstance(value, (bool, float, str)):
        return value
    if isinstance(value, int):
        if not -(2**63) <= value < 2**63:
            raise SettingsError(f"The setting '{name}' is {value}, which does not fit into 64 bits.")
        return value
    if isinstance(value, os.PathLike):
        return os.fspath(cast("os.PathLike[str]", value))
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return [_plain(name, item) for item in cast("Sequence[object]", value)]
    item = getattr(value, "item", None)  # a numpy scalar
    if callable(item) and getattr(value, "shape", None) == ():
        return _plain(name, item())
    raise SettingsError(
        f"The setting '{name}' is a {type(value).__name__}: settings are None, bool, int, float, str, a path, or lists of "
        "these."
    )
