"""Workers with the native MySQL storage and with Optuna's RDBStorage on one study, at the same time."""

import os
import pickle
import subprocess
import sys

import hpo_dotnet
import optuna
import pytest
from hosting import environment
from optuna.storages import RDBStorage
from optuna.trial import TrialState

PRELUDE = """
import os, sys, warnings
warnings.simplefilter("ignore")
import optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
def storage(kind, url, **options):
    if kind == "optuna":
        return optuna.storages.RDBStorage(url, **options)
    import hpo_dotnet
    return hpo_dotnet.MySqlStorage(url, **options)
"""
KINDS = ["optuna", "native"]


def start(source, *arguments, **variables):
    command = [sys.executable, "-c", PRELUDE + source, *arguments]
    return subprocess.Popen(command, env=environment(**variables), stdout=subprocess.PIPE, text=True)


def finish(*processes):
    assert [process.wait(timeout=240) for process in processes] == [0] * len(processes)
    for process in processes:
        process.stdout.close()


WORKER = """
kind, url, trials = sys.argv[1:4]
study = optuna.load_study(study_name="s", storage=storage(kind, url), sampler=optuna.samplers.RandomSampler())
study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=int(trials))
"""


def test_eight_workers_number_1600_trials_without_gap_or_duplicate(mysql_url):
    study = optuna.create_study(study_name="s", storage=hpo_dotnet.MySqlStorage(mysql_url))
    finish(*[start(WORKER, kind, mysql_url, "200") for kind in KINDS * 4])
    for reader in (study, optuna.load_study(study_name="s", storage=mysql_url)):
        trials = reader.get_trials(deepcopy=False)
        assert [trial.number for trial in trials] == list(range(1600))
        assert all(trial.state == TrialState.COMPLETE and trial.values == [trial.params["x"]] for trial in trials)


TAKER = """
kind, url = sys.argv[1:3]
study = optuna.load_study(study_name="s", storage=storage(kind, url))
while any(trial.state == optuna.trial.TrialState.WAITING for trial in study.get_trials(deepcopy=False)):
    trial = study.ask()
    if "fixed_params" in trial.system_attrs:
        study.tell(trial, trial.suggest_float("x", 0, 100))
        print(trial.number)
"""


def test_each_enqueued_trial_is_taken_by_one_worker(mysql_url):
    study = optuna.create_study(study_name="s", storage=hpo_dotnet.MySqlStorage(mysql_url))
    for number in range(60):
        study.enqueue_trial({"x": number})
    workers = [start(TAKER, kind, mysql_url) for kind in KINDS * 2]
    taken = sorted(int(line) for worker in workers for line in worker.communicate(timeout=120)[0].split())
    assert taken == list(range(60))
    assert [trial.values for trial in study.trials[:60]] == [[float(number)] for number in range(60)]


def test_a_waiting_trial_that_another_worker_has_ended_is_left_to_it(mysql_url):
    storage, others = hpo_dotnet.MySqlStorage(mysql_url), RDBStorage(mysql_url)
    study = optuna.create_study(study_name="s", storage=storage)
    study.enqueue_trial({"x": 0.5})
    (waiting,) = study.get_trials(deepcopy=False)
    theirs = optuna.load_study(study_name="s", storage=others)
    theirs.tell(theirs.ask(), 1.0)
    assert not storage.set_trial_state_values(waiting._trial_id, TrialState.RUNNING)
    assert study.trials[0].state == TrialState.COMPLETE  # which the storage knows now
    assert not storage.set_trial_state_values(waiting._trial_id, TrialState.RUNNING)
    assert study.ask().number == 1


BUDGETED = """
kind, url = sys.argv[1:3]
import hpo_dotnet
study = optuna.load_study(study_name="s", storage=storage(kind, url))
with hpo_dotnet.total_trials(study, 40):
    study.optimize(lambda trial: trial.suggest_float("x", 0, 1))
"""


def test_workers_of_both_kinds_keep_one_budget_exactly(mysql_url):
    study = optuna.create_study(study_name="s", storage=mysql_url)
    study.enqueue_trial({"x": 0.5})
    finish(*[start(BUDGETED, kind, mysql_url) for kind in KINDS * 2])
    assert [trial.state for trial in study.trials] == [TrialState.COMPLETE] * 40


KILLED = """
kind, url = sys.argv[1:3]
beating = storage(kind, url, heartbeat_interval=1, grace_period=1)
study = optuna.create_study(study_name="s", storage=beating)
def objective(trial):
    trial.suggest_float("x", 0, 1)
    trial.report(0.5, 0)
    beating.record_heartbeat(trial._trial_id)
    os.kill(os.getpid(), 9)
study.optimize(objective)
"""
HEIR = """
kind, url = sys.argv[1:3]
retry = optuna.storages.RetryFailedTrialCallback(max_retry=1)
heir = storage(kind, url, heartbeat_interval=1, grace_period=1, failed_trial_callback=retry)
study = optuna.load_study(study_name="s", storage=heir)
while study.get_trials(deepcopy=False)[0].state == optuna.trial.TrialState.RUNNING or len(study.get_trials(deepcopy=False)) < 3:
    study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=1)
"""


@pytest.mark.parametrize(("killed", "heir"), [("optuna", "native"), ("native", "optuna"), ("native", "native")])
def test_a_killed_workers_trial_is_failed_and_tried_again_by_the_other_kind(mysql_url, killed, heir):
    dead = start(KILLED, killed, mysql_url)
    assert dead.wait(timeout=60) == -9
    dead.stdout.close()
    finish(start(HEIR, heir, mysql_url))
    trials = optuna.load_study(study_name="s", storage=mysql_url).trials
    lost = trials[0]
    assert lost.state == TrialState.FAIL
    (retried,) = [trial for trial in trials if trial.system_attrs.get("failed_trial") == 0]
    assert retried.state == TrialState.COMPLETE
    assert retried.params == lost.params


def test_a_launched_workers_trials_carry_its_mark(mysql_url, monkeypatch):
    monkeypatch.setenv("HPO_RUN", "run")
    study = optuna.create_study(study_name="s", storage=hpo_dotnet.MySqlStorage(mysql_url))
    study.ask()
    study.enqueue_trial({"x": 0.5})
    assert study.ask().suggest_float("x", 0, 1) == 0.5
    read = optuna.load_study(study_name="s", storage=RDBStorage(mysql_url)).trials
    owners = [trial.system_attrs["hpo:worker"] for trial in read]
    assert [owner["pid"] for owner in owners] == [os.getpid()] * 2
    assert owners[0] != owners[1]
    assert [trial.system_attrs for trial in study.trials] == [trial.system_attrs for trial in read]


def test_threads_share_a_storage(mysql_url):
    storage = hpo_dotnet.MySqlStorage(mysql_url)
    study = optuna.create_study(study_name="s", storage=storage)

    def objective(trial):
        x = trial.suggest_float("x", 0, 1)
        for step in range(3):
            trial.report(x + step, step)
            trial.should_prune()
        return x

    study.optimize(objective, n_trials=60, n_jobs=6)
    read = optuna.load_study(study_name="s", storage=mysql_url).trials
    assert [trial.number for trial in read] == list(range(60))
    assert study.trials == read


def test_what_others_write_is_seen_at_once(mysql_url):
    """One thread changes a study through several storages in turn: each read sees what was written right before."""
    storages = [hpo_dotnet.MySqlStorage(mysql_url), hpo_dotnet.MySqlStorage(mysql_url), RDBStorage(mysql_url)]
    study_id = storages[0].create_new_study([optuna.study.StudyDirection.MINIMIZE], "s")
    for number in range(30):
        writer, reader = storages[number % 3], storages[(number + 1) % 3]
        own = reader.create_new_trial(study_id)
        trial_id = writer.create_new_trial(study_id)
        writer.set_trial_state_values(trial_id, TrialState.COMPLETE, [float(number)])
        # What Optuna's own storage writes is another process's to ours: a sampler, which takes no copies, may see it 0.1 s later.
        copies = writer is storages[2]
        finished = reader.get_all_trials(study_id, deepcopy=copies, states=(TrialState.COMPLETE,))
        assert [trial.value for trial in finished] == [float(earlier) for earlier in range(number + 1)]
        running = reader.get_all_trials(study_id, deepcopy=copies, states=(TrialState.RUNNING,))
        assert running[-1]._trial_id == own


def test_a_storage_can_be_pickled(mysql_url):
    study = optuna.create_study(study_name="s", storage=hpo_dotnet.MySqlStorage(mysql_url, heartbeat_interval=7))
    study.add_trial(optuna.trial.create_trial(value=1.0))
    again = pickle.loads(pickle.dumps(study))
    assert again.trials == study.trials
    assert again._storage.get_heartbeat_interval() == 7
    assert isinstance(again._storage, optuna.storages.BaseStorage)


FORKED = """
mine = storage("native", sys.argv[1])
mine.get_all_studies()
if os.fork():
    os._exit(os.waitstatus_to_exitcode(os.wait()[1]))
try:
    mine.get_all_studies()
except RuntimeError as error:
    print(error)
    sys.stdout.flush()
os._exit(0)
"""


def test_a_forked_process_is_told_that_it_needs_a_storage_of_its_own(mysql_url):
    process = start(FORKED, mysql_url)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "spawn" in output


@pytest.mark.parametrize(
    ("url", "error", "words"),
    [
        ("mysql://root@127.0.0.1:1/none", optuna.exceptions.StorageInternalError, "No MySQL or MariaDB server answers"),
        ("sqlite:///x.db", ValueError, "MySQL and MariaDB only"),
        ("mysql//nonsense", ValueError, "storage URL is wrong"),
    ],
)
def test_a_mistake_is_told_in_words(url, error, words):
    with pytest.raises(error, match=words):
        hpo_dotnet.MySqlStorage(url)


def test_tables_of_another_revision_are_refused(mysql_url):
    storage = RDBStorage(mysql_url)
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'v2.6.0.a'")
    with pytest.raises(RuntimeError, match="v2.6.0.a.*optuna storage upgrade"):
        hpo_dotnet.MySqlStorage(mysql_url)
    hpo_dotnet.MySqlStorage(mysql_url, skip_compatibility_check=True)
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'v3.2.0.a'")
    hpo_dotnet.MySqlStorage(mysql_url)
