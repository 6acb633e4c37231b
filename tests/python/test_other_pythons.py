"""Other versions of Python, as hosts of .NET and embedded in a C# host, with a stand-in for the Optuna that they have not."""

import subprocess
from pathlib import Path

import pytest
from hosting import PACKAGE, ROOT, TEST_ASSEMBLY, environment

STAND_IN = Path(__file__).parent / "stand_in"
CONTRACT_TESTS = ROOT / "artifacts" / "bin" / "Interop.Tests" / "release" / "Interop.Tests"
CONTRACT = ["*EngineContractTests", "*EngineCallbackTests", "*ThreadStateTests"]
LIMIT_SECONDS = 120


def other_pythons():
    """Interpreters of other versions that this machine happens to have."""
    versions = Path.home() / ".pyenv" / "versions"
    return sorted(path for path in versions.glob("3.1[0-4].*/bin/python3") if path.is_file())


def name(value):
    return value.parts[-3] if isinstance(value, Path) else value


@pytest.fixture(params=other_pythons() or [None], ids=name)
def python(request):
    if request.param is None:
        pytest.skip("this machine has no other Python from 3.10 to 3.14")
    return request.param


def test_they_can_host(python):
    script = (
        "import sys, hpo_dotnet; from optuna.trial import FixedTrial\n"
        f"acme = hpo_dotnet.load({str(TEST_ASSEMBLY)!r})\n"
        "print(acme.objective('quadratic')(FixedTrial({'x': 5.0})))\n"
        "try: acme.objective('quadratic')(FixedTrial({}))\n"
        "except KeyError as error: print(error)\n"
    )
    ran = run([python, "-c", script], PYTHONPATH=f"{PACKAGE}:{STAND_IN}")
    assert ran.stdout.split() == ["9.0", "'x'"], ran.stderr


@pytest.mark.parametrize("engine", ["pythonnet", "capi"])
def test_they_keep_the_bridges_contract(python, engine):
    tests = CONTRACT + ["*PythonNetThreadTests"] * is_for_pythonnet(python)
    chosen = [argument for each in tests for argument in ("-class", each)]
    ran = run([CONTRACT_TESTS, "-noLogo", "-noColor", *chosen], **embedding(python), HPO_PYTHON_ENGINE=engine)
    if engine == "pythonnet" and not is_for_pythonnet(python):
        assert "asks for the engine 'pythonnet', but pythonnet supports Python 3.11 to 3.15" in ran.stderr
    else:
        assert ran.returncode == 0 and "Failed: 0" in ran.stdout, ran.stdout + ran.stderr


def is_for_pythonnet(python):
    return not name(python).startswith("3.10.")


def embedding(python):
    return {"HPO_PYTHON": str(python), "PYTHONPATH": str(STAND_IN)}


def run(command, **variables):
    return subprocess.run(
        command, env=environment(**variables), capture_output=True, text=True, timeout=LIMIT_SECONDS
    )
