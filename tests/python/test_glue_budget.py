import contextlib
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import optuna
import pytest
from optuna.trial import TrialState

from hpo_glue import budget, trial_owner

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


GRID = {"x": [1, 2, 3], "c": ["a", None]}


def grid_objective(trial):
    return trial.suggest_int("x", 1, 3) + (trial.suggest_categorical("c", ["a", None]) == "a")


def conditional_objective(trial):
    if trial.suggest_categorical("kind", ["flat", "deep"]) == "flat":
        return 0.0
    return trial.suggest_int("n", 1, 3) + trial.suggest_float("step", 0, 1, step=0.5)


SAMPLERS = {
    "grid": (lambda: optuna.samplers.GridSampler(GRID, seed=1), grid_objective, 6),
    "brute force": (lambda: optuna.samplers.BruteForceSampler(seed=1), conditional_objective, 10),
}


@pytest.mark.parametrize("name", SAMPLERS)
def test_a_study_ends_with_its_samplers_last_point(name):
    sampler, objective, points = SAMPLERS[name]
    study = optuna.create_study(sampler=sampler())
    messages = []
    handler = logging.Handler()
    handler.emit = lambda record: messages.append(record.getMessage())
    logging.getLogger("optuna").addHandler(handler)
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        for _ in range(3):  # the later runs find nothing left
            with contextlib.suppress(budget.BudgetSpent), budget.limit_total_trials(study, points + 5):
                study.optimize(objective)
    finally:
        logging.getLogger("optuna").removeHandler(handler)
        optuna.logging.set_verbosity(optuna.logging.ERROR)
    assert len(study.trials) == points
    assert len({tuple(sorted(trial.params.items(), key=str)) for trial in study.trials}) == points
    assert sum(f"ends with {points} of the {points + 5} trials" in message for message in messages) == 3


def test_a_point_that_runs_is_not_begun_again_and_one_that_waits_is():
    study = optuna.create_study(sampler=optuna.samplers.GridSampler({"x": [1, 2]}))
    with budget.limit_total_trials(study, 9):
        study.ask(), study.ask()
        with pytest.raises(budget.BudgetSpent):
            study.ask()
        study.enqueue_trial({"x": 1})
        assert study.ask().number == 2


def test_a_study_that_another_sampler_began_is_searched_by_brute_force():
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
    study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=3)
    study.sampler = optuna.samplers.BruteForceSampler()
    with budget.limit_total_trials(study, 9):
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
options = {"connect_args": {"timeout": 60}} if sys.argv[2].startswith("sqlite") else {}
storage = optuna.storages.RDBStorage(sys.argv[2], engine_kwargs=options)
study = optuna.load_study(study_name="s", storage=storage)
with budget.limit_total_trials(study, 30):
    try:
        study.optimize(lambda trial: trial.suggest_float("x", 0, 1))
    except budget.BudgetSpent:
        pass
"""


@pytest.fixture(params=["sqlite", "mysql"])
def url(request, tmp_path):
    return request.getfixturevalue("mysql_url") if request.param == "mysql" else f"sqlite:///{tmp_path}/studies.db"


def test_processes_that_share_a_study_end_with_exactly_the_total(url):
    study = optuna.create_study(study_name="s", storage=url)
    for x in (0.25, 0.75):
        study.enqueue_trial({"x": x})
    workers = [subprocess.Popen([sys.executable, "-c", WORKER, GLUE, url]) for _ in range(4)]
    assert [worker.wait(timeout=120) for worker in workers] == [0, 0, 0, 0]
    assert [trial.number for trial in study.trials] == list(range(30))
    assert all(trial.state == TrialState.COMPLETE for trial in study.trials)


def test_an_enqueued_trial_waits_while_the_budget_is_spent(url):
    study = optuna.create_study(study_name="s", storage=url)
    running = study.ask()
    study.enqueue_trial({"x": 0.5})
    with budget.limit_total_trials(study, 1):
        with pytest.raises(budget.BudgetSpent):
            study.ask()
        assert study.trials[1].state == TrialState.WAITING
        study.tell(running, state=TrialState.FAIL)
        assert study.ask().suggest_float("x", 0, 1) == 0.5


def test_a_launched_worker_leaves_no_mark_on_a_trial_beyond_the_budget(url, monkeypatch):
    monkeypatch.setenv("HPO_RUN", "run")
    study = optuna.create_study(study_name="s", storage=url)
    with budget.limit_total_trials(study, 1):
        study.ask()
        study.enqueue_trial({"x": 0.5})
        with pytest.raises(budget.BudgetSpent):
            study.ask()
    owners = [trial.system_attrs.get(trial_owner.KEY) for trial in study.get_trials()]
    assert owners[0]["pid"] == os.getpid()
    assert owners[1] is None


def test_the_smaller_of_two_budgets_holds(url):
    study = optuna.create_study(study_name="s", storage=url)
    with budget.limit_total_trials(study, 1), budget.limit_total_trials(study, 5):
        study.ask()
        with pytest.raises(budget.BudgetSpent):
            study.ask()
    assert len(study.trials) == 1


def test_a_trial_that_another_one_creates_at_the_same_time_is_counted(mysql_url):
    """The last place is taken, by a transaction that has not ended yet: whoever asks waits for it, and then counts it."""
    study = optuna.create_study(study_name="s", storage=mysql_url)
    other = optuna.storages.RDBStorage(mysql_url)
    session = other.scoped_session()
    optuna.storages._rdb.models.StudyModel.find_or_raise_by_id(study._study_id, session, for_update=True)
    other._get_prepared_new_trial(study._study_id, None, session)
    outcome = []

    def ask():
        try:
            with budget.limit_total_trials(study, 1):
                outcome.append(study.ask())
        except budget.BudgetSpent:
            outcome.append("spent")

    asking = threading.Thread(target=ask)
    asking.start()
    wait_until_the_study_is_asked_for(other.engine, asking)
    session.commit()
    asking.join()
    assert outcome == ["spent"]


def wait_until_the_study_is_asked_for(engine, thread):
    asked = "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE %s"
    with engine.connect() as connection:
        while thread.is_alive() and not connection.exec_driver_sql(asked, ("%FROM studies%FOR UPDATE",)).scalar():
            pass


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
    runner = Path(GLUE, "python_worker.py")
    environment = {"PATH": os.environ["PATH"], "HPO_RUN": "run", "HPO_TOTAL_TRIALS": launchers_total}
    outcome = subprocess.run(
        [sys.executable, str(runner), str(script), url], env=environment, capture_output=True, text=True, timeout=120
    )
    assert outcome.returncode == 0, outcome.stderr
    assert "the script goes on" in outcome.stdout
    assert len(study.trials) == min(7, int(launchers_total or 7))
