"""The programs of docs/examples, with small settings."""

import os
import re
import subprocess
import sys

import optuna
from hosting import ROOT, environment, run_script

EXAMPLES = ROOT / "docs" / "examples"


def run_example(name, *arguments, **variables):
    ran = subprocess.run(
        [sys.executable, str(EXAMPLES / name), *arguments],
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_the_readmes_script_runs_before_and_after_its_change(tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    diff = readme.partition("<!-- snippet: python -->\n```diff\n")[2].partition("```")[0].splitlines()
    for skipped, name in (("+", "before.py"), ("-", "after.py")):
        script = tmp_path / name
        script.write_text("\n".join(line[1:] for line in diff if not line.startswith(skipped)).replace("n_trials=20", "n_trials=1"))
        assert re.match(r"best 0\.\d+ with \{'n_estimators'", run_example(script)), name


def test_the_digits_bayesian_against_exhaustive():
    lines = run_example("digits.py", "--n-trials", "4", "--folds", "2").splitlines()
    assert re.match(r"Bayesian: 4 trials in .* best 0\.\d+ with \{'n_estimators': \d+, 'max_depth': \d+\}", lines[0])
    assert re.match(r"exhaustive: 35 trials in .* best 0\.9\d+", lines[1])
    assert re.match(r"the Bayesian search is -?[\d.]+ points behind", lines[2])
    assert re.match(r"on unseen rows: (0\.9\d+|1\.0000)", lines[3])


def test_workers_share_a_study_and_its_budget(tmp_path):
    url = f"sqlite:///{tmp_path / 'study.db'}"
    study = optuna.create_study(study_name="shared", storage=url, direction="maximize")
    variables = {"OPTUNA_STORAGE": url, "HPO_STUDY": "shared", "HPO_SEED": "1", "HPO_TOTAL_TRIALS": "5"}
    workers = [
        subprocess.Popen(
            [sys.executable, str(EXAMPLES / "worker.py")],
            env=environment(**variables, HPO_WORKER_INDEX=str(index)),
            stdout=subprocess.PIPE,
            text=True,
        )
        for index in range(2)
    ]
    printed = [worker.communicate(timeout=300)[0] for worker in workers]
    assert [worker.returncode for worker in workers] == [os.EX_OK] * 2
    assert all(re.match(r"\d+ trials, best 0\.\d+", text) for text in printed), printed
    assert [trial.state.name for trial in study.trials] == ["COMPLETE"] * 5


def test_fashion_with_pruning():
    lines = run_example("fashion.py", "--n-trials", "8", "--epochs", "2", "--subset", "600").splitlines()
    complete, pruned = map(int, re.fullmatch(r"(\d+) complete, (\d+) pruned", lines[0]).groups())
    assert complete >= 1 and complete + pruned == 8
    assert re.match(r"best on the validation images: 0\.\d+ with \{'learning_rate'", lines[1])
    assert re.match(r"on the test images: 0\.\d+", lines[2])


def test_fashion_cannot_run_beside_pythons_torch_but_in_a_process_of_its_own(tmp_path):
    ran = run_script(
        tmp_path,
        """
        import sys, types
        sys.modules["torch"] = types.ModuleType("torch")
        try:
            hpo_dotnet.objective("fashion", subset=200)
        except hpo_dotnet.TorchConflictError as error:
            print("isolated=True" in str(error))
        study = optuna.create_study(direction="maximize")
        study.optimize(hpo_dotnet.objective("fashion", subset=200, epochs=1, isolated=True), n_trials=1)
        print(len(study.trials[0].intermediate_values))
        """,
    )
    assert ran.stdout.split() == ["True", "1"], ran.stderr


def test_pythons_torch_is_refused_beside_fashion(tmp_path):
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text("print('torch was imported')")
    ran = run_script(
        tmp_path,
        """
        hpo_dotnet.objective("fashion", subset=200)
        try:
            import torch
        except ImportError as error:
            print(error)
        """,
    )
    assert ran.stdout.startswith("A C# objective has loaded TorchSharp"), ran.stdout + ran.stderr


def test_a_subset_that_is_too_large_is_a_settings_error(tmp_path):
    ran = run_script(tmp_path, 'hpo_dotnet.objective("fashion", subset=100_000)')
    assert "hpo_dotnet.errors.SettingsError: The objective 'fashion' cannot be made: " in ran.stderr
    assert "Traceback" in ran.stderr and "   at Hpo." not in ran.stderr
