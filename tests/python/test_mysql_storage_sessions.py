"""How the native MySQL storage reads and prepares: whatever the tables' columns and whatever becomes of its sessions."""

import hpo_dotnet
import optuna
import pytest
import sqlalchemy
from conftest import execute, fetch
from optuna.storages import RDBStorage

OTHER_COLUMNS = [
    "ALTER TABLE trials MODIFY COLUMN number INTEGER AFTER datetime_complete",
    "ALTER TABLE trials ADD COLUMN note VARCHAR(10) FIRST",
]


def objective(trial):
    x = trial.suggest_float("x", -1, 1)
    for step in range(2):
        trial.report(x + step, step)
    trial.set_user_attr("twice", 2 * x)
    return x * x


def told(trials):
    return [(trial.number, trial.state, trial.values, trial.params, trial.user_attrs, trial.intermediate_values) for trial in trials]


@pytest.mark.parametrize("change", OTHER_COLUMNS)
def test_tables_with_columns_in_another_order_or_of_their_own_are_read_alike(mysql_url, change):
    optunas = RDBStorage(mysql_url)
    execute(mysql_url, change)
    ours = optuna.create_study(study_name="s", storage=hpo_dotnet.MySqlStorage(mysql_url))
    theirs = optuna.load_study(study_name="s", storage=optunas)
    for _ in range(3):
        ours.optimize(objective, n_trials=2)
        theirs.optimize(objective, n_trials=2)
    assert [trial.number for trial in ours.trials] == list(range(12))
    assert told(ours.trials) == told(theirs.trials)


def kill(mysql_server, session):
    """Ends a session, unless it has ended by itself since it was listed: a closed connection's stays for a moment."""
    try:
        execute(mysql_server, f"KILL {session}")
    except sqlalchemy.exc.OperationalError as error:
        if error.orig.args[0] != 1094:  # unknown thread id
            raise


def test_a_lost_session_is_replaced_within_a_trial(mysql_url, mysql_server):
    """What was prepared in it is prepared again."""
    study = optuna.create_study(storage=hpo_dotnet.MySqlStorage(mysql_url))

    def interrupted(trial):
        x = trial.suggest_float("x", -1, 1)
        for (session,) in fetch(mysql_server, "SELECT id FROM information_schema.processlist WHERE db = %s", mysql_url.rpartition("/")[2]):
            kill(mysql_server, session)
        trial.report(x, 0)
        return x

    study.optimize(interrupted, n_trials=3)
    assert [list(trial.intermediate_values) for trial in study.trials] == [[0]] * 3


def test_the_tables_are_free_between_two_changes(mysql_url):
    """A look leaves no handler open: a table can be changed while a worker computes."""
    study = optuna.create_study(storage=hpo_dotnet.MySqlStorage(mysql_url))

    def altering(trial):
        x = trial.suggest_float("x", -1, 1)
        execute(mysql_url, "SET SESSION lock_wait_timeout = 5", f"ALTER TABLE trials COMMENT = 'trial {trial.number}'")
        return x

    study.optimize(altering, n_trials=3)
    assert [trial.state.name for trial in study.trials] == ["COMPLETE"] * 3


def test_a_server_that_prepares_no_more_is_sent_the_statements(mysql_url, mysql_server):
    """Its limit may be reached by others between two sessions of a storage."""
    ((_, allowed),) = fetch(mysql_server, "SHOW GLOBAL VARIABLES LIKE 'max_prepared_stmt_count'")
    study = optuna.create_study(storage=hpo_dotnet.MySqlStorage(mysql_url))
    study.optimize(objective, n_trials=1)
    execute(mysql_server, "SET GLOBAL max_prepared_stmt_count = 0")
    try:
        study.optimize(objective, n_trials=4, n_jobs=4)
    finally:
        execute(mysql_server, f"SET GLOBAL max_prepared_stmt_count = {allowed}")
    assert [trial.state.name for trial in study.trials] == ["COMPLETE"] * 5
    assert told(study.trials) == told(optuna.load_study(study_name=study.study_name, storage=RDBStorage(mysql_url)).trials)


def test_what_others_have_begun_comes_with_a_change(mysql_url):
    storage = hpo_dotnet.MySqlStorage(mysql_url)
    ours = optuna.create_study(study_name="s", storage=storage)
    theirs = optuna.load_study(study_name="s", storage=RDBStorage(mysql_url))
    ours.optimize(objective, n_trials=2)
    trial = ours.ask()
    their = theirs.ask()
    trial.suggest_float("x", -1, 1)
    assert [one.number for one in ours.get_trials(deepcopy=False)] == [0, 1, 2, 3]
    theirs.tell(their, 1.0)
    trial.report(0.5, 0)
    assert [one.state.name for one in ours.get_trials(deepcopy=False)] == ["COMPLETE", "COMPLETE", "RUNNING", "COMPLETE"]
    ours.tell(trial, 0.5)
    enqueued = storage.create_new_trial(ours._study_id, optuna.trial.create_trial(state=optuna.trial.TrialState.WAITING))
    assert storage.get_trial(enqueued).number == 4
    assert [one.number for one in ours.get_trials(deepcopy=False)] == [0, 1, 2, 3, 4]
