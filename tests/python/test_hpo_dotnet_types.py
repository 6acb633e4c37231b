"""The package's types, as a checker sees them: mypy, which Debian has (pyright's strict mode holds too)."""

import os
import re
import subprocess
import sys

import pytest
from hosting import PACKAGE

pytest.importorskip("mypy", reason="mypy is not installed: apt-get install mypy")

USER = """
import hpo_dotnet

objective = hpo_dotnet.objective("digits", folds=5)
reveal_type(objective)
reveal_type(hpo_dotnet.load("x.dll").objectives()[0].settings[0].name)
reveal_type(hpo_dotnet.DotNetError("x").type_name)
hpo_dotnet.objective(3)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What mypy says of the package and of a user's program."""
    folder = tmp_path_factory.mktemp("types")
    program = folder / "program.py"
    program.write_text(USER)
    # The libraries below are not followed: reading Optuna's own dependencies takes a minute, and says nothing of these.
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports", "skip", "--cache-dir", str(folder / "cache")]
    checked = subprocess.run(
        [*command, str(PACKAGE / "hpo_dotnet"), str(program)],
        env={**os.environ, "MYPYPATH": str(PACKAGE)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    return checked.stdout.replace(f"{program}:", "program.py:").splitlines()


def test_the_package_is_fully_typed(told):
    errors = [line for line in told if ": error: " in line and not line.startswith("program.py:")]
    assert errors == [] and told[-1].endswith("(checked 22 source files)"), told


def test_a_users_program_is_checked_against_it(told):
    program = [line.partition("program.py:")[2] for line in told if "program.py:" in line]
    assert 'Revealed type is "hpo_dotnet._objective.Objective"' in program[0]
    for line in program[1:3]:
        assert re.search(r'Revealed type is "(builtins\.)?str"', line)  # as before mypy 2, and from then on
    assert len(program) == 4 and 'has incompatible type "int"; expected "str"' in program[3], program
