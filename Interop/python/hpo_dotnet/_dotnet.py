"""Finds an installation of .NET that can be hosted."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hpo_dotnet.errors import DotNetNotFoundError

OLDEST = (10, 0)
_FRAMEWORK = "Microsoft.NETCore.App"


@dataclass(frozen=True)
class DotNet:
    """An installation of .NET."""

    root: Path
    hostfxr: Path


def find_dotnet(root: str | os.PathLike[str] | None = None) -> DotNet:
    """The first installation that has .NET 10 or later. One that is named is the only candidate."""
    refused: list[str] = []
    candidates = [("dotnet_root", Path(root))] if root is not None else list(_candidates(refused))
    seen: set[Path] = set()
    for origin, folder in candidates:
        if folder in seen:
            continue
        seen.add(folder)
        refusal = _refusal(folder)
        if refusal is None:
            return DotNet(folder, _hostfxr(folder))
        refused.append(f"{folder} ({origin}): {refusal}")
    raise DotNetNotFoundError(
        ".NET {}.{} or later was not found. Looked at:\n  ".format(*OLDEST)
        + "\n  ".join(refused)
        + "\nInstall it from https://dotnet.microsoft.com/download, or name its folder with the environment variable "
        "DOTNET_ROOT or hpo_dotnet.start(dotnet_root=...)."
    )


def _candidates(refused: list[str]) -> Iterator[tuple[str, Path]]:
    architecture = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}.get(platform.machine().lower(), "")
    for variable in (f"DOTNET_ROOT_{architecture.upper()}", "DOTNET_ROOT"):
        if value := os.environ.get(variable):
            yield variable, Path(value)
        else:
            refused.append(f"{variable}: not set")
    yield from _registered(architecture, refused)
    for folder in _default_folders():
        yield "the default", Path(folder)
    program = shutil.which("dotnet")
    if program is None:
        refused.append("PATH: there is no dotnet on it")
    else:
        yield "dotnet on PATH", Path(os.path.realpath(program)).parent


def _registered(architecture: str, refused: list[str]) -> Iterator[tuple[str, Path]]:
    """What the installers of .NET write down."""
    if sys.platform == "win32":
        return
    for file in (f"/etc/dotnet/install_location_{architecture}", "/etc/dotnet/install_location"):
        try:
            yield file, Path(Path(file).read_text(encoding="utf-8").strip())
        except OSError:
            refused.append(f"{file}: not there")


def _default_folders() -> list[str]:
    if sys.platform == "win32":
        return [os.path.join(os.environ.get("ProgramFiles", r"C:\Program Files"), "dotnet")]
    folders = ["/usr/share/dotnet", "/usr/lib/dotnet", "/usr/lib64/dotnet", "/usr/local/share/dotnet", "/opt/dotnet"]
    return [*folders, os.path.expanduser("~/.dotnet")]


def _refusal(root: Path) -> str | None:
    if not root.is_dir():
        return "there is no such folder"
    if not _versions(root / "host" / "fxr"):
        return "it has no host/fxr"
    versions = _versions(root / "shared" / _FRAMEWORK)
    if any(version[:2] >= OLDEST for version, _ in versions):
        return None
    found = ", ".join(folder.name for _, folder in versions) or "no runtime"
    return f"it has {found}, and {OLDEST[0]}.{OLDEST[1]} is the oldest that is supported"


def _hostfxr(root: Path) -> Path:
    name = {"win32": "hostfxr.dll", "darwin": "libhostfxr.dylib"}.get(sys.platform, "libhostfxr.so")
    return _versions(root / "host" / "fxr")[-1][1] / name


def _versions(folder: Path) -> list[tuple[tuple[int, ...], Path]]:
    """The folders that are named by a version, in the versions' order; a preview stands before its release."""
    if not folder.is_dir():
        return []
    found: list[tuple[tuple[int, ...], Path]] = []
    for entry in folder.iterdir():
        if match := re.fullmatch(r"(\d+)\.(\d+)\.(\d+)(-.+)?", entry.name):
            numbers = tuple(int(number) for number in match.group(1, 2, 3))
            found.append(((*numbers, 0 if match.group(4) else 1), entry))
    return sorted(found)
