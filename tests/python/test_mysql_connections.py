"""How many connections a worker holds: one, and two where a heartbeat comes at the same moment as another call."""

import threading
import time

import hpo_dotnet
import optuna
import pytest
from conftest import fetch

from hpo_glue import components


def open_storage(kind, url):
    if kind == "native":
        return hpo_dotnet.MySqlStorage(url, heartbeat_interval=1)
    return components.rdb_storage(url, {"heartbeat_interval": 1}, None)


def count(url):
    database = url.rpartition("/")[2]
    ((connections,),) = fetch(url.rpartition("/")[0], "SELECT COUNT(*) FROM information_schema.processlist WHERE db = %s", database)
    return connections


@pytest.mark.parametrize(("kind", "kept"), [("native", 1), ("optuna", 2)])
def test_a_worker_that_beats_holds_few(mysql_url, kind, kept):
    study = optuna.create_study(storage=open_storage(kind, mysql_url))
    counts, is_over = [], threading.Event()

    def watch():
        while not is_over.wait(0.02):
            counts.append(count(mysql_url))

    def objective(trial):
        for name in "abcdef":
            trial.suggest_float(name, 0, 1)
        time.sleep(1.2 if trial.number == 0 else 0)
        trial.report(0.5, 0)
        return 1.0

    watcher = threading.Thread(target=watch)
    watcher.start()
    study.optimize(objective, n_trials=20)
    is_over.set()
    watcher.join()
    assert max(counts) <= 2
    assert count(mysql_url) <= kept


def test_threads_have_one_each(mysql_url):
    study = optuna.create_study(storage=open_storage("native", mysql_url))

    def objective(trial):
        for step in range(20):
            trial.report(0.5, step)
        return trial.suggest_float("x", 0, 1)

    study.optimize(objective, n_trials=24, n_jobs=4)
    assert count(mysql_url) <= 8
