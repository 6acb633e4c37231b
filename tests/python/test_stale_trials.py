"""Workers that start together where trials of dead ones are left: each such trial is failed once, and no worker ends."""

import inspect
import subprocess
import sys
from collections import Counter
from pathlib import Path

import optuna
import pytest
from conftest import execute
from hosting import PRELUDE, environment
from optuna.storages import _heartbeat
from optuna.trial import TrialState

from hpo_glue import retry, stale_trials

WORKERS, STALE = 6, 20
HAS_DEFECT = optuna.__version__.startswith("3.1.")
PYTHON_WORKER = Path(retry.__file__).parents[1] / "python_worker.py"

WORKER = PRELUDE + """
import inspect, sys, warnings
warnings.simplefilter("ignore")
kind, url = sys.argv[1:]
open_storage = hpo_dotnet.MySqlStorage if kind == "native" else optuna.storages.RDBStorage
names = inspect.signature(optuna.storages.RDBStorage).parameters
name = next(name for name in ("heartbeat_stale_trial_callback", "failed_trial_callback") if name in names)
retry = getattr(optuna.storages, "RetryHeartbeatStaleTrialCallback", None) or optuna.storages.RetryFailedTrialCallback
enqueue = retry(max_retry=1)
def callback(study, trial):
    print("stale", trial.number)
    enqueue(study, trial)
storage = open_storage(url, heartbeat_interval=60, grace_period=120, **{name: callback})
study = optuna.load_study(study_name="s", storage=storage, sampler=optuna.samplers.RandomSampler())
print("ready", flush=True)
sys.stdin.readline()
study.optimize(lambda trial: trial.suggest_float("x", 0, 1), n_trials=2)
"""

LAUNCHED = {"HPO_RUN": "run", "HPO_HEARTBEAT_INTERVAL": "60"}


def leave_stale_trials(url):
    """A study whose trials' workers died long ago."""
    storage = optuna.storages.RDBStorage(url)
    study = optuna.create_study(study_name="s", storage=storage)
    for _ in range(STALE):
        trial = study.ask()
        trial.suggest_float("x", 0, 1)
        storage.record_heartbeat(trial._trial_id)
    execute(url, "UPDATE trial_heartbeats SET heartbeat = heartbeat - INTERVAL 1 HOUR")


def start(script, kind, url, *, is_launched):
    runner = [str(PYTHON_WORKER)] if is_launched else []
    return subprocess.Popen(
        [sys.executable, *runner, str(script), kind, url], env=environment(**(LAUNCHED if is_launched else {})),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )


@pytest.mark.parametrize(("kind", "is_launched"), [("optuna", True), ("native", False)])
def test_workers_that_start_together_fail_each_stale_trial_once(tmp_path, mysql_url, kind, is_launched):
    leave_stale_trials(mysql_url)
    script = tmp_path / "worker.py"
    script.write_text(WORKER)  # once: a worker that starts meanwhile would find it empty, and end
    workers = [start(script, kind, mysql_url, is_launched=is_launched) for _ in range(WORKERS)]
    for worker in workers:
        if (line := worker.stdout.readline()) != "ready\n":
            output, errors = worker.communicate()
            pytest.fail(f"A worker ended with {worker.returncode}, and wrote {line + output!r} and {errors!r}.")
    for worker in workers:
        worker.stdin.write("\n")
        worker.stdin.flush()
    outputs = [worker.communicate(timeout=120) for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * WORKERS, [error[-300:] for _, error in outputs]
    told = Counter(int(line.split()[1]) for output, _ in outputs for line in output.splitlines())
    assert told == dict.fromkeys(range(STALE), 1)
    trials = optuna.load_study(study_name="s", storage=mysql_url).trials
    assert [trial.state for trial in trials[:STALE]] == [TrialState.FAIL] * STALE
    retried = Counter(trial.system_attrs.get("failed_trial") for trial in trials[STALE:])
    assert {number: count for number, count in retried.items() if number is not None} == dict.fromkeys(range(STALE), 1)


class Unwilling(optuna.storages.RDBStorage):
    """Cannot fail the first of its trials."""

    def set_trial_state_values(self, trial_id, state, values=None):
        if trial_id == self.get_all_trials(1, deepcopy=False)[0]._trial_id:
            raise self.error
        return super().set_trial_state_values(trial_id, state, values)


@pytest.mark.skipif(not HAS_DEFECT, reason="this Optuna's own function is used")
@pytest.mark.parametrize("error", [RuntimeError("finished"), optuna.exceptions.StorageInternalError("lost")])
def test_a_trial_that_cannot_be_failed_does_not_keep_others_from_it(mysql_url, error):
    leave_stale_trials(mysql_url)
    told = []
    storage = Unwilling(mysql_url, heartbeat_interval=60, grace_period=120, failed_trial_callback=lambda _, trial: told.append(trial.number))
    storage.error = error
    study = optuna.load_study(study_name="s", storage=storage)
    if isinstance(error, RuntimeError):
        stale_trials.fail_stale_trials(study)
    else:
        with pytest.raises(optuna.exceptions.StorageInternalError, match="lost"):
            stale_trials.fail_stale_trials(study)
    assert told == list(range(1, STALE))


def test_an_optuna_that_leaves_trials_to_others_stays_what_it_is(monkeypatch):
    installed = inspect.unwrap(_heartbeat.fail_stale_trials)
    monkeypatch.setattr(optuna.storages, "fail_stale_trials", installed)
    monkeypatch.setattr(_heartbeat, "fail_stale_trials", installed)
    stale_trials.expect_others()
    assert (optuna.storages.fail_stale_trials is stale_trials.fail_stale_trials) == HAS_DEFECT
