"""A plain script under python_worker.py on a database whose connections break."""

import os
import subprocess
import sys
from pathlib import Path

import optuna
import pytest

from hpo_glue import retry

# Lets the connection break before the first of some statements.
BREAK = """
import sys
import optuna
import sqlalchemy

pending = [sys.argv[2]]

@sqlalchemy.event.listens_for(sqlalchemy.engine.Engine, "before_cursor_execute")
def lose(connection, cursor, statement, *others):
    if pending and pending[0] in statement:
        pending.clear()
        raise sqlalchemy.exc.OperationalError(statement, {}, Exception(2013, "words"))
"""

OPEN = [
    'study = optuna.load_study(study_name="s", storage=sys.argv[1])',
    'study = optuna.create_study(study_name="s", storage=sys.argv[1], load_if_exists=True)',
    'study = optuna.study.create_study(study_name="s", storage=optuna.storages.RDBStorage(sys.argv[1]), load_if_exists=True)',
]

RUN = """
assert not pending
study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=2)
"""


@pytest.mark.parametrize("opening", OPEN)
@pytest.mark.parametrize("statement", ["FROM version_info", "FROM studies"])
def test_a_connection_that_breaks_while_a_script_opens_its_study_does_not_end_it(tmp_path, opening, statement):
    url = f"sqlite:///{tmp_path}/s.db"
    study = optuna.create_study(study_name="s", storage=url)
    outcome = run(tmp_path, "\n".join([BREAK, opening, RUN]), url, statement)
    assert outcome.returncode == 0, outcome.stderr
    assert len(study.trials) == 2


@pytest.mark.parametrize("opening", OPEN[1:])
def test_a_connection_that_breaks_while_a_script_creates_its_study_does_not_end_it(tmp_path, opening):
    url = f"sqlite:///{tmp_path}/s.db"
    outcome = run(tmp_path, "\n".join([BREAK, opening, RUN]), url, "INTO studies")
    assert outcome.returncode == 0, outcome.stderr
    assert len(optuna.load_study(study_name="s", storage=url).trials) == 2


def run(folder, text, *arguments):
    runner = Path(retry.__file__).parents[1] / "python_worker.py"
    script = folder / "script.py"
    script.write_text(text)
    return subprocess.run(
        [sys.executable, str(runner), str(script), *arguments],
        env={"PATH": os.environ["PATH"], "HPO_RUN": "run"}, capture_output=True, text=True,
    )
