"""Samplers and pruners of Optuna's that do not slow down as a study grows, and choose the same. See docs/sampling.md."""

from __future__ import annotations

import importlib
import logging
import os
from typing import Any

_OFF = ("off", "0", "false", "no")
# The classes of this package by the module that has them: a class of each name is there, below Optuna's of that name.
_MODULES = {
    "samplers": {"TPESampler": "tpe"},
    "pruners": {},
}

_logger = logging.getLogger("optuna.hpo.sampling")


def is_wanted() -> bool:
    """Whether HPO_NATIVE_SAMPLING leaves it on."""
    return os.environ.get("HPO_NATIVE_SAMPLING", "on").strip().lower() not in _OFF


def find(kind: str, name: str) -> Any:
    """The class of this name; None where there is none for the installed Optuna, or where it is not wanted."""
    if not is_wanted() or name not in _MODULES.get(kind, {}):
        return None
    missing = lacks(kind, name)
    if missing is not None:
        _logger.debug("Optuna's own %s is used: the installed version has no %s.", name, missing)
        return None
    return getattr(_module(kind, name), name)


def bases(kind: str) -> dict[str, Any]:
    """The class of each name that the installed Optuna has: ours, or Optuna's own where ``find`` has none."""
    optunas = importlib.import_module(f"optuna.{kind}")
    return {name: find(kind, name) or getattr(optunas, name) for name in _MODULES[kind] if hasattr(optunas, name)}


def lacks(kind: str, name: str) -> str | None:
    """What a class relies on and the installed Optuna does not have; None where it has it all."""
    try:
        relied_on = _module(kind, name).RELIES_ON
    except (ImportError, AttributeError) as error:
        return str(error)
    for owner, members in relied_on.items():
        for member in members:
            if not hasattr(owner, member):
                return f"{owner.__name__}.{member}"
    return None


def describe() -> list[list[str | None]]:
    """Each class, and what the installed Optuna lacks of what it relies on."""
    return [[name, lacks(kind, name)] for kind, modules in _MODULES.items() for name in modules]


def _module(kind: str, name: str) -> Any:
    return importlib.import_module(f"{__name__}.{_MODULES[kind][name]}")
