"""Gets along with pythonnet in the same process."""

from __future__ import annotations

import sys
from typing import Any

from hpo_dotnet.errors import HostError


def make_way() -> None:
    """Refuses another kind of .NET, and lets pythonnet finish what it has begun.

    pythonnet.set_runtime leaves CoreCLR initialised and not started, and a second initialisation waits for that start.
    """
    pythonnet: Any = sys.modules.get("pythonnet")
    if pythonnet is None:
        return
    info = pythonnet.get_runtime_info()
    if info is None:
        return
    if info.kind != "CoreCLR":
        raise HostError(
            f"pythonnet has chosen {info.kind} in this process, and C# objectives need .NET 10 (CoreCLR). Call "
            'pythonnet.load("coreclr") before anything imports clr, or run the objective in a process of its own: '
            "hpo_dotnet.objective(..., isolated=True)."
        )
    pythonnet.load()
