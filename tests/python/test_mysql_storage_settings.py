"""The differential test on servers and databases with other settings than their packages'."""

import os
import subprocess

import hpo_dotnet
import pytest
from conftest import ROOT, execute, fetch
from differential import TOO_LONG, Pair, act
from optuna.exceptions import StorageInternalError
from optuna.storages import RDBStorage
from optuna.study import StudyDirection

CALLS = 40

# Each with whether RDBStorage refuses there what does not fit: without strict modes it is cut silently.
GLOBAL = {
    "ANSI": ("SET GLOBAL sql_mode = 'ANSI'", False),
    "ORACLE": ("SET GLOBAL sql_mode = 'ORACLE,STRICT_TRANS_TABLES'", True),
    "TRADITIONAL": ("SET GLOBAL sql_mode = 'TRADITIONAL'", True),
    "no mode": ("SET GLOBAL sql_mode = ''", False),
    "NO_BACKSLASH_ESCAPES": ("SET GLOBAL sql_mode = 'NO_BACKSLASH_ESCAPES,STRICT_TRANS_TABLES'", True),
    "no autocommit": ("SET GLOBAL autocommit = 0", True),
    "SERIALIZABLE": ("SET GLOBAL TRANSACTION ISOLATION LEVEL SERIALIZABLE", True),
    "small packets": ("SET GLOBAL max_allowed_packet = 16384", False),
}
COLLATIONS = ["utf8mb4_bin", "utf8mb4_unicode_ci", "utf8mb4_general_ci", "latin1_swedish_ci"]
AT_START = ["--log-bin=log", "--server-id=1", "--binlog-format=STATEMENT", "--lower-case-table-names=1", "--character-set-server=latin1"]


def compare(url, seed, *, refuses=True):
    storages = {"optuna": RDBStorage(url), "native": hpo_dotnet.MySqlStorage(url)}
    pair = Pair(storages, seed, too_long=TOO_LONG if refuses else [])
    for number in range(CALLS):
        outcomes = act(pair)
        if outcomes is not None:
            assert outcomes["optuna"] == outcomes["native"]
        if number % 10 == 0:
            pair.compare()
    pair.compare()
    assert all(len(storage.get_all_trials(pair.studies["native"])) > 3 for storage in storages.values())


@pytest.fixture
def changed(mysql_server, is_mariadb, request):
    """The name of a setting that the server has meanwhile."""
    if request.param == "ORACLE" and not is_mariadb:
        pytest.skip("MySQL has no sql_mode ORACLE")
    isolation = "tx_isolation" if is_mariadb else "transaction_isolation"
    names = ["sql_mode", "autocommit", isolation, "max_allowed_packet"]
    before = {name: fetch(mysql_server, f"SELECT @@GLOBAL.{name}")[0][0] for name in names}
    execute(mysql_server, GLOBAL[request.param][0])
    yield request.param
    execute(mysql_server, *(f"SET GLOBAL {name} = {value!r}" for name, value in before.items()))


@pytest.mark.parametrize("changed", GLOBAL, indirect=True)
def test_a_servers_settings_change_nothing(changed, mysql_url):
    compare(mysql_url, seed=11, refuses=GLOBAL[changed][1])


@pytest.mark.parametrize("changed", ["no mode", "ANSI", "ORACLE"], indirect=True)
def test_a_workers_rdb_storage_cuts_nothing_either(changed, mysql_url):
    from hpo_glue.worker_storage import harden

    storage = harden(RDBStorage(mysql_url))
    study = storage.create_new_study([StudyDirection.MINIMIZE])
    trial = storage.create_new_trial(study)
    for key, value in TOO_LONG:
        with pytest.raises(StorageInternalError):
            storage.set_trial_user_attr(trial, key, value)
    storage.set_trial_user_attr(trial, "key", "x" * 60_000)
    assert storage.get_trial(trial).user_attrs == {"key": "x" * 60_000}


@pytest.mark.parametrize("collation", COLLATIONS)
@pytest.mark.parametrize("first", ["optuna", "native"])
def test_a_databases_collation_changes_nothing(mysql_server, collation, first):
    name = f"collation_{collation}_{first}"
    execute(mysql_server, f"CREATE DATABASE {name} CHARACTER SET {collation.split('_')[0]} COLLATE {collation}")
    url = f"{mysql_server}/{name}"
    RDBStorage(url) if first == "optuna" else hpo_dotnet.MySqlStorage(url)
    compare(url, seed=12)


def test_a_server_that_logs_statements_and_knows_no_case_of_tables(tmp_path):
    start, stop = ([str(ROOT / "scripts" / name), "--data", str(tmp_path)] for name in ("start-mysql", "stop-mysql"))
    chosen = os.environ.get("HPO_TEST_SERVER")
    started = subprocess.run([*start, *(["--server", chosen] if chosen else []), "--", *AT_START], capture_output=True, text=True)
    assert started.returncode == 0, started.stderr
    try:
        url = started.stdout.strip()
        assert fetch(url, "SELECT @@binlog_format, @@lower_case_table_names, @@character_set_server") == [("STATEMENT", 1, "latin1")]
        compare(url, seed=13)
    finally:
        subprocess.run(stop, check=True, capture_output=True)
