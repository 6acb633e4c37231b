"""Deleting a study is whole or not at all, and no call leaves a transaction behind."""

import threading

import hpo_dotnet
import optuna
import pytest
from conftest import execute, fetch
from optuna.exceptions import StorageInternalError
from optuna.storages import RDBStorage
from optuna.study import StudyDirection

TABLES = [
    "studies", "study_directions", "study_user_attributes", "study_system_attributes", "trials", "trial_params", "trial_values",
    "trial_intermediate_values", "trial_user_attributes", "trial_system_attributes", "trial_heartbeats",
]


def objective(trial):
    x = trial.suggest_float("x", 0, 1)
    trial.report(x, 0)
    trial.set_user_attr("a", 1)
    return x


def filled(storage, name="s"):
    study = optuna.create_study(study_name=name, storage=storage, sampler=optuna.samplers.RandomSampler())
    study.set_user_attr("a", 1)
    study.optimize(objective, n_trials=3)
    return study


def rows(url):
    return {table: fetch(url, f"SELECT COUNT(*) FROM {table}")[0][0] for table in TABLES}


def check_that_nothing_is_locked(url):
    """A session that kept its transaction would hold its locks, and whoever asks for them would get error 1205."""
    for table in ("studies", "trials", "trial_params", "trial_values"):
        execute(url, "SET SESSION innodb_lock_wait_timeout = 1", f"SELECT * FROM {table} FOR UPDATE")


def test_everything_goes(mysql_url):
    storage = hpo_dotnet.MySqlStorage(mysql_url, heartbeat_interval=60)
    study, other = filled(storage), filled(storage, "other")
    before = rows(mysql_url)
    storage.delete_study(study._study_id)
    assert rows(mysql_url) == {table: count // 2 for table, count in before.items()}
    assert len(other.trials) == 3


@pytest.mark.parametrize("table", ["trial_params", "trials", "studies"])
def test_without_the_right_to_delete_nothing_goes_and_the_error_says_so(mysql_url, mysql_server, table):
    database = mysql_url.rpartition("/")[2]
    filled(hpo_dotnet.MySqlStorage(mysql_url))
    execute(
        mysql_server,
        f"CREATE USER clerk_{table} IDENTIFIED BY 'pw'",
        f"GRANT SELECT, INSERT, UPDATE ON {database}.* TO clerk_{table}",
        *(f"GRANT DELETE ON {database}.{other} TO clerk_{table}" for other in TABLES if other != table),
    )
    storage = hpo_dotnet.MySqlStorage(mysql_url.replace("root@", f"clerk_{table}:pw@"))
    study = optuna.load_study(study_name="s", storage=storage)
    before = rows(mysql_url)
    with pytest.raises(StorageInternalError, match=f"lacks a right.*DELETE command denied.*{table}"):
        storage.delete_study(study._study_id)
    assert rows(mysql_url) == before
    check_that_nothing_is_locked(mysql_url)
    # The next transaction commits none of it, and the study goes on.
    optuna.load_study(study_name="s", storage=storage).optimize(objective, n_trials=1)
    assert rows(mysql_url)["trials"] == 4


@pytest.mark.parametrize("kind", ["native", "optuna"])
def test_a_worker_that_adds_to_it_meanwhile_finds_it_gone(mysql_url, kind):
    """What it added just before is deleted with the rest, and nothing of it comes afterwards."""
    storage = hpo_dotnet.MySqlStorage(mysql_url)
    worker = hpo_dotnet.MySqlStorage(mysql_url) if kind == "native" else RDBStorage(mysql_url)
    for number in range(10):
        study = worker.create_new_study([StudyDirection.MINIMIZE], f"s{number}")
        trial = worker.create_new_trial(study)
        errors, began = [], threading.Event()

        def add():
            try:
                for step in range(100_000):
                    worker.set_trial_intermediate_value(trial, step, 1.0)
                    began.set()
                    worker.set_trial_user_attr(trial, f"k{step}", step)
                    worker.create_new_trial(study)
            except Exception as error:
                errors.append(error)

        thread = threading.Thread(target=add)
        thread.start()
        assert began.wait(30)
        storage.delete_study(study)
        thread.join(60)
        assert not thread.is_alive()
        assert [type(error) for error in errors] in ([KeyError], [StorageInternalError]), errors
        assert rows(mysql_url) == dict.fromkeys(TABLES, 0)
    check_that_nothing_is_locked(mysql_url)


def test_a_first_parameter_and_a_trial_whose_later_statement_fails_leave_nothing(mysql_url):
    storage = hpo_dotnet.MySqlStorage(mysql_url)
    study = filled(storage)
    trial = study.ask()
    for table in ("trial_params", "trial_user_attributes"):
        execute(
            mysql_url,
            f"CREATE TRIGGER refuse_{table} BEFORE INSERT ON {table} FOR EACH ROW "
            f"SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'refused by {table}'",
        )
    before = rows(mysql_url)
    with pytest.raises(StorageInternalError, match="refused by trial_params"):
        trial.suggest_float("first", 0, 1)
    with pytest.raises(StorageInternalError, match="refused by trial_user_attributes"):
        study.enqueue_trial({"x": 0.5}, user_attrs={"a": 1})
    check_that_nothing_is_locked(mysql_url)
    assert rows(mysql_url) == before
    assert [one.number for one in study.get_trials()] == [0, 1, 2, 3]
