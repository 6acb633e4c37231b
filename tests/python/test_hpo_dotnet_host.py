"""How .NET gets into a Python process, and what is said where it cannot."""

import sys
import types

import hpo_dotnet
import pytest
from hosting import PUBLISHED, TEST_ASSEMBLY, run_script
from hpo_dotnet import _dotnet, _pythonnet


def make_dotnet(folder, *versions):
    for version in versions:
        (folder / "shared" / "Microsoft.NETCore.App" / version).mkdir(parents=True)
        (folder / "host" / "fxr" / version).mkdir(parents=True)
    return folder


@pytest.fixture
def alone(monkeypatch, tmp_path):
    """A machine without .NET."""
    for variable in ("DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(_dotnet, "_default_folders", list)
    monkeypatch.setattr(_dotnet, "_registered", lambda architecture, refused: iter(()))
    return tmp_path


def test_the_highest_version_of_hostfxr_is_taken(alone):
    root = make_dotnet(alone / "dotnet", "9.0.4", "10.0.9", "10.0.12-rc.1", "10.0.12")
    found = _dotnet.find_dotnet(root)
    assert found.hostfxr.parent.name == "10.0.12"


def test_dotnet_root_comes_before_the_default_folders_and_path(alone, monkeypatch):
    by_variable, by_default, by_path = (make_dotnet(alone / name, "10.0.1") for name in ("variable", "default", "path"))
    (by_path / "dotnet").touch(mode=0o755)
    (alone / "bin").mkdir()
    (alone / "bin" / "dotnet").symlink_to(by_path / "dotnet")
    assert _dotnet.find_dotnet().root == by_path
    monkeypatch.setattr(_dotnet, "_default_folders", lambda: [str(by_default)])
    assert _dotnet.find_dotnet().root == by_default
    monkeypatch.setenv("DOTNET_ROOT", str(by_variable))
    assert _dotnet.find_dotnet().root == by_variable


def test_an_installation_that_is_too_old_is_passed_over(alone, monkeypatch):
    monkeypatch.setenv("DOTNET_ROOT", str(make_dotnet(alone / "old", "8.0.1")))
    new = make_dotnet(alone / "new", "10.0.1")
    monkeypatch.setattr(_dotnet, "_default_folders", lambda: [str(new)])
    assert _dotnet.find_dotnet().root == new


def test_a_missing_dotnet_is_told_with_every_place_and_the_remedy(alone, monkeypatch):
    monkeypatch.setenv("DOTNET_ROOT", str(make_dotnet(alone / "old", "8.0.1", "9.0.0")))
    monkeypatch.setattr(_dotnet, "_default_folders", lambda: [str(alone / "nowhere")])
    with pytest.raises(hpo_dotnet.DotNetNotFoundError) as raised:
        _dotnet.find_dotnet()
    text = str(raised.value)
    assert f"{alone / 'old'} (DOTNET_ROOT): it has 8.0.1, 9.0.0, and 10.0 is the oldest that is supported" in text
    assert f"{alone / 'nowhere'} (the default): there is no such folder" in text
    assert "there is no dotnet on it" in text
    assert "https://dotnet.microsoft.com/download" in text and "hpo_dotnet.start(dotnet_root=...)" in text


def test_a_process_without_dotnet_lives_on_and_can_be_told_where_it_is(tmp_path):
    ran = run_script(
        tmp_path,
        """
        try:
            hpo_dotnet.start(dotnet_root="/nowhere")
        except hpo_dotnet.DotNetNotFoundError as error:
            print("/nowhere (dotnet_root): there is no such folder" in str(error))
        study = optuna.create_study()
        study.optimize(hpo_dotnet.load(ACME).objective("quadratic"), n_trials=3)
        print(len(study.trials))
        """,
    )
    assert ran.stdout.split() == ["True", "3"], ran.stderr


def test_a_broken_dotnet_is_told(tmp_path):
    root = make_dotnet(tmp_path / "dotnet", "10.0.1")
    hostfxr = root / "host" / "fxr" / "10.0.1" / "libhostfxr.so"
    hostfxr.write_text("no library")
    ran = run_script(tmp_path, f"hpo_dotnet.start(dotnet_root={str(root)!r})")
    assert ran.stderr.splitlines()[-1].startswith(f"hpo_dotnet.errors.HostError: {hostfxr} cannot be loaded: ")


def test_missing_assemblies_are_told_with_the_remedy(tmp_path):
    ran = run_script(tmp_path, "hpo_dotnet.objectives()", HPO_DOTNET_ASSEMBLIES=str(tmp_path))
    error = ran.stderr.partition("hpo_dotnet.errors.")[2]
    assert error.startswith("AssemblyError: The built assemblies were not found")
    assert f"{tmp_path} (HPO_DOTNET_ASSEMBLIES)" in error and "scripts/setup builds them" in error


def test_a_host_without_built_in_objectives_says_so(tmp_path):
    ran = run_script(tmp_path, "hpo_dotnet.objectives()", HPO_DOTNET_ASSEMBLIES=str(TEST_ASSEMBLY.parent))
    assert "AssemblyError: There are no built-in objectives" in ran.stderr


def test_the_published_programs_have_the_built_in_objectives():
    assert PUBLISHED.is_dir(), "scripts/setup publishes them"
    assert [info.name for info in hpo_dotnet.objectives()] == ["corrupted-mnist", "digits", "fashion", "images", "mnist", "table"]


def test_starting_again_with_the_same_arguments_does_nothing_and_with_others_is_refused(acme):
    hpo_dotnet.start()
    with pytest.raises(hpo_dotnet.HostError, match="with other arguments"):
        hpo_dotnet.start(dotnet_root="/nowhere")


@pytest.mark.parametrize(
    "name, content, message",
    [
        ("missing.dll", None, "missing.dll does not exist"),
        ("text.dll", b"hello", "text.dll is no .NET assembly"),
        ("empty.dll", b"", "empty.dll is no .NET assembly"),
    ],
)
def test_a_file_that_is_no_assembly_is_refused(tmp_path, acme, name, content, message):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(hpo_dotnet.AssemblyError, match=message):
        hpo_dotnet.load(tmp_path / name)


def test_an_assembly_that_knows_no_objectives_is_refused(acme):
    with pytest.raises(hpo_dotnet.AssemblyError, match="does not reference Hpo.Interop"):
        hpo_dotnet.load(TEST_ASSEMBLY.with_name("MySqlConnector.dll"))
    with pytest.raises(hpo_dotnet.AssemblyError, match="ParallelLauncher.dll has no objectives"):
        hpo_dotnet.load(PUBLISHED.with_name("ParallelLauncher") / "ParallelLauncher.dll")


def test_after_every_error_the_process_goes_on(acme):
    for mistake in (
        lambda: acme.objective("nope"),
        lambda: acme.objective("outcome", kind="?"),
        lambda: hpo_dotnet.load("nowhere.dll"),
    ):
        with pytest.raises((hpo_dotnet.HostError, LookupError, TypeError)):
            mistake()
    assert acme.objective("quadratic")(hpo_dotnet_trial(1.0)) == 1.0


def hpo_dotnet_trial(x):
    from optuna.trial import FixedTrial

    return FixedTrial({"x": x})


class Pythonnet(types.ModuleType):
    """Stands for pythonnet, which has chosen a runtime."""

    def __init__(self, kind):
        super().__init__("pythonnet")
        self.kind, self.loads = kind, 0

    def get_runtime_info(self):
        return self.kind and types.SimpleNamespace(kind=self.kind)

    def load(self):
        self.loads += 1


@pytest.mark.parametrize("kind, loads", [("CoreCLR", 1), (None, 0)])
def test_what_pythonnet_has_begun_with_coreclr_is_finished_first(monkeypatch, kind, loads):
    monkeypatch.setitem(sys.modules, "pythonnet", Pythonnet(kind))
    _pythonnet.make_way()
    assert sys.modules["pythonnet"].loads == loads


def test_mono_is_refused_with_the_way_out(monkeypatch):
    monkeypatch.setitem(sys.modules, "pythonnet", Pythonnet("Mono"))
    with pytest.raises(hpo_dotnet.HostError, match=r'has chosen Mono.*pythonnet.load\("coreclr"\).*isolated=True'):
        _pythonnet.make_way()


def test_importing_the_package_starts_nothing(tmp_path):
    ran = run_script(tmp_path, "print('libcoreclr' in open('/proc/self/maps').read())")
    assert ran.stdout == "False\n", ran.stderr


def test_the_glue_is_the_assemblies_own_and_shows_its_source(tmp_path):
    (tmp_path / "hpo_glue").mkdir()
    (tmp_path / "hpo_glue" / "__init__.py").write_text("raise SystemExit('somebody else\\'s')")
    ran = run_script(
        tmp_path,
        """
        hpo_dotnet.start()
        import traceback
        from hpo_glue import budget
        try:
            budget.counted_states(["unknown"])
        except KeyError:  # what Python itself prints at its end asks no loader before Python 3.13
            traceback.print_exc()
        """,
    )
    assert "return tuple(TrialState[name.strip().upper()] for name in names)" in ran.stderr
    assert "Hpo.Interop.dll/hpo_glue/budget.py" in ran.stderr and "KeyError: 'UNKNOWN'" in ran.stderr
