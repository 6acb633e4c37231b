"""Keeps libtorch from being loaded twice: a process that loads Python's and TorchSharp's ends without a word."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

_WAY_OUT = "Run the objective in a process of its own: hpo_dotnet.objective(..., isolated=True)."


def claim() -> str | None:
    """Called when a C# objective is about to load TorchSharp: None, or the reason why it must not."""
    if sys.modules.get("torch") is not None:
        return (
            "Python's torch is loaded in this process, and TorchSharp brings a second libtorch that cannot stand beside it. "
            + _WAY_OUT
        )
    if not any(isinstance(finder, _Refusal) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Refusal())
    return None


class _Refusal(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname == "torch":
            raise ImportError(
                "A C# objective has loaded TorchSharp in this process, and Python's torch brings a second libtorch that "
                "cannot stand beside it. " + _WAY_OUT,
                name="torch",
            )
        return None
