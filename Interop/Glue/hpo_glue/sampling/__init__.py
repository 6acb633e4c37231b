"""Samplers, pruners and the storage in memory of Optuna's that do not slow down as a study grows, and choose the same. See docs/sampling.md."""

from __future__ import annotations

import importlib
import logging
import os
from typing import Any

_OFF = ("off", "0", "false", "no")
# The classes of this package by the module that has them: a class of each name is there, below Optuna's of that name.
_MODULES = {
    "samplers": {
        "TPESampler": "tpe",
        "GridSampler": "grid",
        "BruteForceSampler": "brute_force",
        "NSGAIISampler": "nsga",
        "NSGAIIISampler": "nsga",
    },
    "pruners": {
        "MedianPruner": "percentile",
        "PercentilePruner": "percentile",
        "SuccessiveHalvingPruner": "successive_halving",
        "HyperbandPruner": "hyperband",
    },
    "storages": {"InMemoryStorage": "in_memory"},
}

_logger = logging.getLogger("optuna.hpo.sampling")


def is_wanted() -> bool:
    """Whether HPO_NATIVE_SAMPLING leaves it on."""
    return os.environ.get("HPO_NATIVE_SAMPLING", "on").strip().lower() not in _OFF


def find(kind: str, name: str) -> Any:
    """The class of this name; None where there is none for the installed Optuna, or where it is not wanted."""
    if not is_wanted() or name not in _MODULES.get(kind, {}):
        return None
    if not is_known(kind, name):
        _logger.debug("Optuna's own %s is used: the installed version lacks what ours relies on.", name)
        return None
    return getattr(_module(kind, name), name)


def bases(kind: str) -> dict[str, Any]:
    """The class of each name that the installed Optuna has: ours, or Optuna's own where ``find`` has none."""
    optunas = importlib.import_module(f"optuna.{kind}")
    return {name: find(kind, name) or getattr(optunas, name) for name in _MODULES[kind] if hasattr(optunas, name)}


def is_known(kind: str, name: str) -> bool:
    """Whether the installed Optuna has the private members that a class relies on."""
    try:
        module = _module(kind, name)
        return getattr(getattr(module, name), "_is_known", getattr(module, "IS_KNOWN", True))
    except (ImportError, AttributeError):
        return False


def describe() -> dict[str, bool]:
    """Whether each class is used, of those that the installed Optuna has."""
    return {name: base.__module__.startswith(f"{__name__}.") for kind in _MODULES for name, base in bases(kind).items()}


def _module(kind: str, name: str) -> Any:
    return importlib.import_module(f"{__name__}.{_MODULES[kind][name]}")
