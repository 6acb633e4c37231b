"""scripts/setup in a copy of its own, with stand-ins for apt and dotnet that note down what they are asked for."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"

# A machine on which nothing is installed, however often it is asked for, and whose apt has everything.
STAND_INS = {
    "dpkg-query": "exit 1",
    "apt-cache": "echo '  Candidate: 1.0'",
    "apt-get": 'echo "apt-get $*" >>"$CALLS"',
    "dpkg": "exit 0",
    "sudo": '[[ $1 != -n ]] || shift; exec "$@"',
    "dotnet": 'echo "dotnet $*" >>"$CALLS"; mkdir -p dist/lib artifacts/precompiled/ParallelLauncher',
    "sha256sum": "exit 0",
}
TESTS_ONLY = {"python3-pytest", "python3-pandas", "python3-ipykernel", "mypy", "chromium", "redis-server"}
OPTIONAL = {"python3-scipy", "python3-sklearn", "python3-matplotlib", "python3-plotly", "libgomp1", "dataset-fashion-mnist"}


class Clone:
    """A folder with the scripts, in which they take the stand-ins for the real programs."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._calls = folder / "calls"
        shutil.copytree(SCRIPTS, folder / "scripts")
        for name, body in STAND_INS.items():
            program = folder / "bin" / name
            program.parent.mkdir(exist_ok=True)
            program.write_text(f"#!/bin/bash\n{body}\n")
            program.chmod(0o755)
        (folder / "data" / "mnist").mkdir(parents=True)

    def setup(self, *options: str) -> subprocess.CompletedProcess[str]:
        self._calls.write_text("")
        environment = {
            **os.environ,
            "PATH": f"{self._folder / 'bin'}:{os.environ['PATH']}",
            "CALLS": str(self._calls),
            "HPO_DATA": str(self._folder / "data"),
        }
        command = [self._folder / "scripts" / "setup", *options]
        return subprocess.run(command, capture_output=True, text=True, env=environment, stdin=subprocess.DEVNULL)

    def installed_by(self, *options: str) -> set[str]:
        run = self.setup(*options)
        assert run.returncode == 0, run.stderr
        return {word for line in self.calls("apt-get install") for word in line.split()[2:] if not word.startswith("-")}

    def calls(self, beginning: str) -> list[str]:
        return [line for line in self._calls.read_text().splitlines() if line.startswith(beginning)]


@pytest.fixture
def clone(tmp_path):
    return Clone(tmp_path)


@pytest.fixture
def debian():
    """With Debian's packages setup ends by asking the system's Python for Optuna."""
    if subprocess.run(["/usr/bin/python3", "-c", "import optuna"], capture_output=True).returncode != 0:
        pytest.skip("the system's Python has no Optuna (apt-get install python3-optuna)")


def test_the_demo_needs_optuna_and_the_programs_alone(clone, debian):
    installed = clone.installed_by("--demo")
    assert {name for name in installed if not name.startswith("libpython")} == {"python3-optuna"}
    assert [line.split()[2] for line in clone.calls("dotnet publish")] == ["NativeTrainer", "ParallelLauncher"]


def test_without_options_it_installs_what_the_programs_can_use_and_nothing_for_tests(clone, debian):
    installed = clone.installed_by()
    assert OPTIONAL < installed
    assert not installed & TESTS_ONLY
    assert not [name for name in installed if name.startswith("mariadb")]
    assert "-p:PublishReadyToRun=true" in clone.calls("dotnet publish ParallelLauncher")[0]


def test_for_tests_it_installs_what_the_others_do_and_more(clone, debian):
    assert clone.installed_by() | clone.installed_by("--mysql") | TESTS_ONLY <= clone.installed_by("--tests")
    assert clone.calls("dotnet tool restore")


@pytest.mark.parametrize(("node", "wanted"), [("exit 127", {"nodejs", "npm"}), ("exit 1", {"nodejs", "npm"}), ("exit 0", set())])
def test_node_is_installed_for_tests_where_there_is_none_that_is_new_enough(clone, tmp_path, debian, node, wanted):
    for name, body in {"node": node, "npm": "exit 0"}.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/bash\n{body}\n")
        (tmp_path / "bin" / name).chmod(0o755)
    assert clone.installed_by("--tests") & {"nodejs", "npm"} == wanted
    assert not clone.installed_by() & {"nodejs", "npm"}


def test_a_launcher_that_was_compiled_stays_so_in_the_demo(clone, debian):
    clone.installed_by()
    clone.installed_by("--demo")
    assert "-p:PublishReadyToRun=true" in clone.calls("dotnet publish ParallelLauncher")[0]


def test_each_long_step_is_told_before_with_its_time(clone, debian):
    told = clone.setup("--tests").stderr
    for step in ("installing python3-optuna ", "installing libgomp1 ", "building NativeTrainer ", "building ParallelLauncher ", "getting DocFX "):
        (line,) = (line for line in told.splitlines() if step in line)
        assert "(up to " in line


def test_what_apt_lacks_is_named_and_the_rest_installed(clone, tmp_path, debian):
    (tmp_path / "bin" / "apt-cache").write_text("#!/bin/bash\n[[ $2 == chromium ]] || echo '  Candidate: 1.0'\n")
    run = clone.setup("--tests")
    assert run.returncode == 0 and "apt has no package chromium" in run.stderr
    (native,) = (line for line in clone.calls("apt-get install") if "redis-server" in line)
    assert "chromium" not in native


def test_help_tells_every_option(clone):
    run = clone.setup("--help")
    assert run.returncode == 0 and run.stderr == ""
    for option in ("--demo", "--tests", "--mysql", "--venv"):
        assert f"  {option} " in run.stdout


@pytest.mark.parametrize("options", [["--everything"], ["--mysql", "demo"], ["--demo", "--tests"]])
def test_a_wrong_command_line_is_refused_before_anything_is_done(clone, options):
    run = clone.setup(*options)
    assert run.returncode == 2 and "--tests" in run.stderr
    assert clone.calls("") == []
