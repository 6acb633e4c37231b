"""Times of trials in three time zones, over the changes of summer time: what is stored and what is handed out is what
Optuna's RDBStorage stores and hands out, with the installed Optuna."""

import os
import time
from datetime import datetime, timedelta, timezone

import hpo_dotnet
import optuna
import pytest
from conftest import fetch
from optuna.storages import RDBStorage
from optuna.trial import TrialState, create_trial

from hpo_glue import components

ZONES = ["UTC", "Asia/Tokyo", "America/New_York"]
CHANGE_OF_SUMMER_TIME = {"begin": datetime(2026, 3, 8, 7, tzinfo=timezone.utc), "end": datetime(2026, 11, 1, 6, tzinfo=timezone.utc)}
HOUR = timedelta(hours=1)


@pytest.fixture(params=ZONES)
def zone(request, monkeypatch):
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def storages(mysql_url):
    return {
        "optuna": RDBStorage(mysql_url),
        "native": hpo_dotnet.MySqlStorage(mysql_url),
        "worker": components.rdb_storage(mysql_url, {}, None),
    }


def local(moment):
    return moment.astimezone().replace(tzinfo=None)


def handed_out(storage, name):
    study_id = storage.get_study_id_from_name(name)
    return [(trial.datetime_start, trial.datetime_complete) for trial in storage.get_all_trials(study_id)]


def held(url, name):
    query = "SELECT datetime_start, datetime_complete FROM trials JOIN studies USING (study_id) WHERE study_name = %s ORDER BY number"
    return [tuple(row) for row in fetch(url, query, name)]


@pytest.mark.parametrize("change", CHANGE_OF_SUMMER_TIME)
def test_given_times_are_stored_and_handed_out_as_optuna_does(zone, storages, mysql_url, change):
    moment = CHANGE_OF_SUMMER_TIME[change]
    given = [
        *((local(moment - hours * HOUR), local(moment + hours * HOUR)) for hours in (0.5, 1, 2)),
        (local(moment) - HOUR / 2, local(moment) + HOUR / 2),  # which no clock shows where an hour is left out
        (local(moment).replace(microsecond=499_999), local(moment).replace(microsecond=500_000)),
        (moment - HOUR, (moment + HOUR).astimezone(timezone(timedelta(hours=-3)))),
    ]
    for name, storage in storages.items():
        study = optuna.create_study(study_name=name, storage=storage)
        for start, complete in given:
            trial = create_trial(value=1.0)
            trial.datetime_start, trial.datetime_complete = start, complete
            study.add_trial(trial)
    stored = [held(mysql_url, name) for name in storages]
    assert len(stored[0]) == len(given) and None not in stored[0][0]
    assert stored[1:] == stored[:-1]
    seen = [handed_out(reader, name) for name in storages for reader in storages.values()]
    assert seen[1:] == seen[:-1]
    assert handed_out(hpo_dotnet.MySqlStorage(mysql_url), "native") == seen[0]  # which has made none of them


def test_a_trials_own_times_are_local_whoever_reads_them(zone, storages):
    before = datetime.now()
    for name, storage in storages.items():
        study = optuna.create_study(study_name=name, storage=storage)
        study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=1)
        study.enqueue_trial({"x": 0.5})
        study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=1)
        study.ask()
    for writer in storages:
        # The three have their times at different moments, but each is read alike by all …
        seen = [handed_out(reader, writer) for reader in storages.values()]
        assert seen[1:] == seen[:-1]
        # … and lies within this test, in local time. The server may round it to the next second.
        for start, complete in seen[0]:
            assert before - timedelta(seconds=1) <= start <= datetime.now() + timedelta(seconds=1)
            assert complete is None or start <= complete <= datetime.now() + timedelta(seconds=1)
        assert [complete is None for _, complete in seen[0]] == [False, False, True]


def test_a_running_trial_is_handed_out_as_it_is_read_by_others(zone, storages):
    study = optuna.create_study(study_name="s", storage=storages["native"])
    trial = study.ask()
    study.tell(study.ask(), 1.0)
    mine = [(one.datetime_start, one.datetime_complete) for one in study.get_trials(deepcopy=False)]
    assert mine == handed_out(storages["optuna"], "s")
    assert trial.datetime_start == mine[0][0]
    assert [one.state for one in study.trials] == [TrialState.RUNNING, TrialState.COMPLETE]
