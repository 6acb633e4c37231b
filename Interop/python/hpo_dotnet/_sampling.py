"""The subclasses of Optuna's samplers and pruners, as classes of the modules that users import them from."""

from __future__ import annotations

import importlib
from typing import Any

from hpo_dotnet import _host


def classes(kind: str, module: str) -> dict[str, type]:
    """By name. A class's module is the one that is named, so that it can be unpickled in a process that has yet to start .NET."""
    _host.host()  # brings the bridge's Python side
    sampling: Any = importlib.import_module("hpo_glue.sampling")
    return {name: type(name, (base,), {"__module__": module, "__doc__": base.__doc__}) for name, base in sampling.bases(kind).items()}
