"""Finds the built assemblies: those of the wheel, or those of the clone that this package came from."""

from __future__ import annotations

import os
from pathlib import Path

from hpo_dotnet.errors import AssemblyError

VARIABLE = "HPO_DOTNET_ASSEMBLIES"
HOST_ASSEMBLY = "Hpo.Interop.dll"
BUILT_IN_ASSEMBLY = "NativeTrainer.dll"
_PACKAGE = Path(__file__).resolve().parent
_PUBLISHED = Path("dist", "lib", "NativeTrainer")
# Written when the package is built in a clone without carrying the assemblies.
ORIGIN_FILE = "clone.txt"


def find_assemblies(folder: str | os.PathLike[str] | None = None) -> Path:
    """The folder that holds Hpo.Interop.dll. One that is named is the only candidate."""
    candidates = [("assemblies", Path(folder))] if folder is not None else _candidates()
    for _, candidate in candidates:
        if (candidate / HOST_ASSEMBLY).is_file():
            return candidate
    looked = "\n  ".join(f"{candidate} ({origin})" for origin, candidate in candidates)
    raise AssemblyError(
        f"The built assemblies were not found: there is no {HOST_ASSEMBLY} in\n  {looked}\n"
        "In a clone, scripts/setup builds them; elsewhere, install the wheel that scripts/wheel makes, or name their "
        f"folder with the environment variable {VARIABLE} or hpo_dotnet.start(assemblies=...)."
    )


def _candidates() -> list[tuple[str, Path]]:
    if named := os.environ.get(VARIABLE):
        return [(VARIABLE, Path(named))]
    found = [("carried by this package", _PACKAGE / "assemblies")]
    if (_PACKAGE / ORIGIN_FILE).is_file():
        clone = Path((_PACKAGE / ORIGIN_FILE).read_text(encoding="utf-8").strip())
        found.append(("the clone that this package was installed from", clone / _PUBLISHED))
    else:  # Interop/python/hpo_dotnet of a clone
        found.append(("the clone that this package is in", _PACKAGE.parents[2] / _PUBLISHED))
    return found
