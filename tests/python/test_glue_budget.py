import os
import subprocess
import sys
from pathlib import Path

import optuna
import pytest

from hpo_glue import budget

GLUE = str(Path(budget.__file__).parents[1])


def test_ask_refuses_a_trial_beyond_the_total():
    study = optuna.create_study()
    with budget.limit_total_trials(study, 2):
        study.tell(study.ask(), 1.0)
        study.ask()
        with pytest.raises(budget.BudgetSpent):
            study.ask()
    assert len(study.trials) == 2
    study.ask()  # the limit ends with its scope


def test_a_failed_trial_frees_its_place():
    study = optuna.create_study()
    with budget.limit_total_trials(study, 1):
        study.tell(study.ask(), state=optuna.trial.TrialState.FAIL)
        study.tell(study.ask(), 1.0)
        with pytest.raises(budget.BudgetSpent):
            study.ask()


def test_no_total_is_no_limit():
    study = optuna.create_study()
    with budget.limit_total_trials(study, None):
        for _ in range(3):
            study.ask()
    assert len(study.trials) == 3


WORKER = """
import sys
sys.path.insert(0, sys.argv[1])
import optuna
from hpo_glue import budget
optuna.logging.set_verbosity(optuna.logging.ERROR)
storage = optuna.storages.RDBStorage(sys.argv[2], engine_kwargs={"connect_args": {"timeout": 60}})
study = optuna.load_study(study_name="s", storage=storage)
with budget.limit_total_trials(study, 30):
    try:
        study.optimize(lambda trial: trial.suggest_float("x", 0, 1))
    except budget.BudgetSpent:
        pass
"""


def test_processes_that_share_a_study_end_with_exactly_the_total(tmp_path):
    url = f"sqlite:///{tmp_path}/studies.db"
    study = optuna.create_study(study_name="s", storage=url)
    workers = [subprocess.Popen([sys.executable, "-c", WORKER, GLUE, url]) for _ in range(4)]
    assert [worker.wait(timeout=120) for worker in workers] == [0, 0, 0, 0]
    assert [trial.number for trial in study.trials] == list(range(30))
    assert all(trial.state == optuna.trial.TrialState.COMPLETE for trial in study.trials)


SCRIPT = """
import sys
import optuna
from hpo_glue import budget
study = optuna.load_study(study_name="s", storage=sys.argv[1])
with budget.limit_total_trials(study, 7):
    study.optimize(lambda trial: trial.suggest_float("x", 0, 1))
print("the script goes on")
"""


@pytest.mark.parametrize("launchers_total", ["5", "9", ""])
def test_a_script_may_keep_a_budget_of_its_own_within_that_of_a_launcher(tmp_path, launchers_total):
    url = f"sqlite:///{tmp_path}/studies.db"
    study = optuna.create_study(study_name="s", storage=url)
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    runner = Path(budget.__file__).with_name("python_worker.py")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": GLUE, "HPO_RUN": "run", "HPO_TOTAL_TRIALS": launchers_total}
    outcome = subprocess.run(
        [sys.executable, str(runner), str(script), url], env=environment, capture_output=True, text=True, timeout=120
    )
    assert outcome.returncode == 0, outcome.stderr
    assert "the script goes on" in outcome.stdout
    assert len(study.trials) == min(7, int(launchers_total or 7))
