"""C# objectives that use pythonnet's PyObject in a Python process, and what holds where its assembly is not there."""

import shutil

import optuna
import pytest
from hosting import TEST_ASSEMBLY, run_script

STUDY = """
import optuna
study = optuna.create_study()
study.optimize(hpo_dotnet.load({assembly!r}).objective({name!r}), n_trials=2)
print([trial.state.name for trial in study.trials])
"""


def test_an_objective_uses_the_python_trial(acme):
    study = optuna.create_study()
    study.optimize(acme.objective("python-object"), n_trials=3, n_jobs=2)
    assert [trial.value for trial in study.trials] == [trial.params["x"] for trial in study.trials]


def test_a_python_error_in_it_is_that_error(acme):
    study = optuna.create_study()
    with pytest.raises(AttributeError, match="no_such_method"):
        study.optimize(acme.objective("python-object", fail=True), n_trials=1)


@pytest.fixture
def without_pythonnet(tmp_path):
    """The assemblies as they are where pythonnet's was taken away."""
    folder = tmp_path / "assemblies"
    shutil.copytree(TEST_ASSEMBLY.parent, folder, ignore=shutil.ignore_patterns("Python.Runtime.dll", "runtimes", "*.so*"))
    return folder / TEST_ASSEMBLY.name


def test_without_its_assembly_all_else_works(tmp_path, without_pythonnet):
    ran = run_script(
        tmp_path,
        STUDY.format(assembly=str(without_pythonnet), name="quadratic"),
        HPO_DOTNET_ASSEMBLIES=str(without_pythonnet.parent),
    )
    assert "COMPLETE" in ran.stdout, ran.stderr


def test_without_its_assembly_a_python_object_is_refused_with_the_reason(tmp_path, without_pythonnet):
    ran = run_script(
        tmp_path,
        STUDY.format(assembly=str(without_pythonnet), name="python-object"),
        HPO_DOTNET_ASSEMBLIES=str(without_pythonnet.parent),
    )
    assert ran.returncode != 0
    assert "Python.Runtime" in ran.stderr
