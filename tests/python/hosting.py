"""Runs scripts that host .NET in processes of their own."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "Interop" / "python"
TEST_ASSEMBLY = ROOT / "artifacts" / "bin" / "TestObjectives" / "release" / "TestObjectives.dll"
PUBLISHED = ROOT / "dist" / "lib" / "NativeTrainer"
LIMIT_SECONDS = 120

PRELUDE = f"""
import optuna, hpo_dotnet
optuna.logging.set_verbosity(optuna.logging.ERROR)
ACME = {str(TEST_ASSEMBLY)!r}
"""


def environment(**variables):
    """This process's, with the package importable; a variable that is None is not set."""
    paths = [str(PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])]
    merged = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), **variables}
    return {name: value for name, value in merged.items() if value is not None}


def write_script(folder, source):
    path = Path(folder) / "script.py"
    path.write_text(PRELUDE + textwrap.dedent(source), encoding="utf-8")
    return path


def run_script(folder, source, **variables):
    """Runs a script to its end; its output and its error output are text."""
    return subprocess.run(
        [sys.executable, str(write_script(folder, source))],
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
    )


def start_script(folder, source, **variables):
    """Starts a script in a group of processes of its own, as a shell does."""
    return subprocess.Popen(
        [sys.executable, "-u", str(write_script(folder, source))],
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
