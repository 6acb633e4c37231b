"""The native MySQL storage and Optuna's RDBStorage get the same random calls, and every read is compared: what each wrote
is read by both, and what each refuses is refused by the other with the same kind of error."""

import math
from datetime import datetime

import hpo_dotnet
import optuna
import pytest
from conftest import LONG, execute, fetch
from differential import Pair, act
from optuna.distributions import FloatDistribution
from optuna.storages import RDBStorage
from optuna.study import StudyDirection
from optuna.trial import TrialState, create_trial

CALLS = 130


@pytest.fixture
def storages(mysql_url):
    return {"optuna": RDBStorage(mysql_url), "native": hpo_dotnet.MySqlStorage(mysql_url)}


@pytest.fixture(params=["prepared", "sent"])
def scripts(request, mysql_server, is_mariadb):
    """What a trial's changes are to the server: prepared, or sent as text, as to MySQL or where it prepares no more."""
    if request.param == "prepared" and not is_mariadb:
        pytest.skip("MySQL prepares no blocks of statements")
    if request.param == "sent":
        ((_, allowed),) = fetch(mysql_server, "SHOW GLOBAL VARIABLES LIKE 'max_prepared_stmt_count'")
        execute(mysql_server, "SET GLOBAL max_prepared_stmt_count = 0")
        request.addfinalizer(lambda: execute(mysql_server, f"SET GLOBAL max_prepared_stmt_count = {allowed}"))
    return request.param


def executed(server):
    """The number of prepared statements that were executed."""
    ((_, count),) = fetch(server, "SHOW GLOBAL STATUS LIKE 'Com_execute_sql'")
    return int(count)


@pytest.mark.parametrize("seed", range(4 if LONG else 1))
def test_both_storages_answer_the_same(scripts, storages, mysql_server, seed):
    executed_before = executed(mysql_server)
    pair = Pair(storages, seed)
    refused, reached = 0, set()
    for number in range(CALLS):
        outcomes = act(pair)
        if outcomes is not None:
            assert outcomes["optuna"] == outcomes["native"]
            refused += isinstance(outcomes["native"], str)
        if number % 4 == 0:
            pair.compare()
            reached |= {trial.state for trial in storages["native"].get_all_trials(pair.studies["native"])}
    pair.compare()
    assert reached == set(TrialState)  # the calls have reached every state …
    assert refused > 5  # … and made mistakes
    assert (executed(mysql_server) > executed_before) == (scripts == "prepared")


def test_the_sign_of_zero_is_what_the_server_makes_of_it(storages, is_mariadb):
    """MariaDB takes it away. The writer hands out its own trials from memory, the other one reads them."""
    space, zeros = FloatDistribution(-1, 1), []
    for name, storage in storages.items():
        study = optuna.create_study(study_name=name, storage=storage)
        for _ in range(2):  # the study's first parameter takes a way of its own
            trial = study.ask()
            storage.set_trial_param(trial._trial_id, "x", -0.0, space)
            trial.report(-0.0, 0)
            study.tell(trial, -0.0)
        study.add_trial(create_trial(value=-0.0, params={"x": -0.0}, distributions={"x": space}, intermediate_values={0: -0.0}))
        for reader in storages.values():
            trials = reader.get_all_trials(reader.get_study_id_from_name(name))
            zeros += [zero for trial in trials for zero in (trial.value, trial.params["x"], trial.intermediate_values[0])]
    assert len(zeros) == 2 * 2 * 3 * 3
    assert {math.copysign(1, zero) for zero in zeros} == {1.0 if is_mariadb else -1.0}


def test_times_and_names_are_written_alike(storages):
    """Where the values differ from run to run: their form in the tables."""
    for kind, storage in storages.items():
        study = optuna.create_study(study_name=kind, storage=storage, direction="maximize")
        study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=1)
    for storage in storages.values():
        trials = [storage.get_all_trials(storage.get_study_id_from_name(kind))[0] for kind in storages]
        for trial in trials:
            age = (datetime.now() - trial.datetime_complete).total_seconds()
            assert -2 < age < 60
            assert trial.datetime_start.microsecond == trial.datetime_complete.microsecond == 0
        found = {study.study_name: study for study in storage.get_all_studies()}
        assert set(found) == set(storages)
        assert all(study.directions == [StudyDirection.MAXIMIZE] for study in found.values())
        assert storage.get_study_name_from_id(storage.get_study_id_from_name("native")) == "native"


@pytest.mark.parametrize(("maker", "user"), [("optuna", "native"), ("native", "optuna")])
def test_a_study_that_one_deletes_is_gone_for_the_other(storages, maker, user):
    study = optuna.create_study(study_name="s", storage=storages[maker])
    study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=2)
    with pytest.raises(optuna.exceptions.DuplicatedStudyError):
        optuna.create_study(study_name="s", storage=storages[user])
    storages[user].delete_study(study._study_id)
    for storage in storages.values():
        with pytest.raises(KeyError):
            storage.get_study_id_from_name("s")
        with pytest.raises(KeyError):
            storage.get_all_trials(study._study_id)
        with pytest.raises(KeyError):
            storage.delete_study(study._study_id)
    assert optuna.create_study(study_name="s", storage=storages[maker]).trials == []


def test_the_tables_are_those_that_optuna_makes(mysql_server):
    columns = []
    for make in (RDBStorage, hpo_dotnet.MySqlStorage):
        name = f"tables_{make.__name__}"
        # Ours compare names character by character in any database, Optuna's by its default.
        collation = "utf8mb4_bin" if make is RDBStorage else "utf8mb4_general_ci"
        execute(mysql_server, f"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE {collation}")
        make(f"{mysql_server}/{name}")
        tables = "TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE, EXTRA, COLLATION_NAME"
        keys = "TABLE_NAME, NON_UNIQUE, SEQ_IN_INDEX, COLUMN_NAME"
        columns.append([
            fetch(mysql_server, f"SELECT {tables} FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = %s ORDER BY 1, 2", name),
            fetch(mysql_server, f"SELECT {keys} FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = %s ORDER BY 1, 4, 3, 2", name),
            *(fetch(mysql_server, f"SELECT * FROM {name}.{table}") for table in ("version_info", "alembic_version")),
        ])
    assert columns[0] == columns[1]
    RDBStorage(f"{mysql_server}/tables_MySqlStorage")  # whose check of the tables passes
