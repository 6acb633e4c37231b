"""The package as pip installs it, without a network."""

import os
import shutil
import subprocess
import sys
import zipfile

import pytest
from hosting import PACKAGE, ROOT, TEST_ASSEMBLY

OFFLINE = ["--quiet", "--disable-pip-version-check", "--no-index", "--no-build-isolation"]
USE = f"""
import hpo_dotnet, optuna
print(hpo_dotnet.__file__)
print(hpo_dotnet.load({str(TEST_ASSEMBLY)!r}).objective("quadratic")(optuna.trial.FixedTrial({{"x": 5.0}})))
"""


def run(*command, **variables):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | variables
    ran = subprocess.run([str(part) for part in command], env=environment, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture
def venv(tmp_path):
    """A virtual environment that sees this machine's Optuna."""
    folder = tmp_path / "venv"
    run(sys.executable, "-m", "venv", "--system-site-packages", folder)
    return folder / "bin" / "python"


@pytest.fixture
def sources(tmp_path):
    """A copy of the package's sources: pip leaves its build beside them."""
    folder = tmp_path / "clone" / "Interop" / "python"
    shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("build", "*.egg-info", "__pycache__"))
    return folder


def test_installed_from_a_clone_it_finds_the_clones_assemblies(venv, sources, tmp_path):
    clone = tmp_path / "clone"
    (clone / "Hpo.sln").touch()
    (clone / "dist" / "lib").mkdir(parents=True)
    (clone / "dist" / "lib" / "NativeTrainer").symlink_to(ROOT / "dist" / "lib" / "NativeTrainer")
    run(venv, "-m", "pip", "install", *OFFLINE, sources)
    file, value = run(venv, "-c", USE).split()
    assert "site-packages" in file and value == "9.0"
    assert "digits" in run(venv, "-c", "import hpo_dotnet; print([info.name for info in hpo_dotnet.objectives()])")


def test_a_wheel_carries_the_assemblies(venv, sources, tmp_path):
    wheels = tmp_path / "wheels"
    run(
        *(sys.executable, "-m", "pip", "wheel", *OFFLINE, "--no-deps", "--wheel-dir", wheels, sources),
        HPO_DOTNET_BUNDLE=str(TEST_ASSEMBLY.parent),
    )
    (wheel,) = wheels.iterdir()
    assert wheel.name.startswith("hpo_dotnet-0.1.0-py3-none-linux_")
    names = zipfile.ZipFile(wheel).namelist()
    assert "hpo_dotnet/py.typed" in names and "hpo_dotnet/assemblies/Hpo.Interop.dll" in names
    run(venv, "-m", "pip", "install", *OFFLINE, wheel)
    shutil.rmtree(sources)
    file, value = run(venv, "-c", USE).split()
    assert "site-packages" in file and value == "9.0"


def test_a_bundle_without_the_assemblies_is_refused(sources, tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *OFFLINE, "--no-deps", "--wheel-dir", tmp_path, sources],
        env={**os.environ, "HPO_DOTNET_BUNDLE": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode != 0
    assert f"HPO_DOTNET_BUNDLE is {tmp_path}, where there is no Hpo.Interop.dll" in ran.stdout + ran.stderr
