"""The programs of docs/examples, with small settings."""

import os
import re
import subprocess
import sys

import optuna
from hosting import ROOT, environment

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
