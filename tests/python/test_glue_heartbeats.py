"""What a launcher asks of its workers' heartbeats means the same to every kind of worker."""

import re
import subprocess
import sys
from pathlib import Path

import optuna
import pytest

from hpo_glue import components, heartbeats

ROOT = Path(__file__).parents[2]
GLUE = Path(heartbeats.__file__).parents[1]


@pytest.fixture
def launcher(monkeypatch):
    def ask(interval=None, grace=None, retries=None):
        for name, value in (("INTERVAL", interval), ("GRACE", grace)):
            monkeypatch.setenv(f"HPO_HEARTBEAT_{name}", str(value or ""))
        monkeypatch.setenv("HPO_RETRY_FAILED", str(retries or ""))

    return ask


def test_without_a_launcher_a_worker_has_what_it_names(launcher):
    launcher()
    assert heartbeats.asked(None, None, None) == (None, None, None)
    assert heartbeats.asked(7, None, {"max_retry": 1}) == (7, None, {"max_retry": 1})


def test_a_launcher_completes_what_a_worker_does_not_name(launcher):
    launcher(30, 90, 2)
    assert heartbeats.asked(None, None, None) == (30, 90, {"max_retry": 2})
    assert heartbeats.asked(None, 45, {"max_retry": 9}) == (30, 45, {"max_retry": 9})
    assert heartbeats.asked(7, None, None) == (7, None, None)  # one's own interval stands with Optuna's grace period


def test_a_launcher_that_names_no_grace_period_means_four_intervals_in_both_languages(launcher):
    launcher(30)
    assert heartbeats.asked(None, None, None).grace == 120
    source = (ROOT / "Interop" / "Worker" / "WorkerEnvironment.cs").read_text()
    assert re.search(r"HeartbeatsPerGrace = (\d+);", source).group(1) == str(heartbeats.HEARTBEATS_PER_GRACE)


PLAIN = """
import sys, optuna
storage = optuna.storages.RDBStorage(sys.argv[1], **eval(sys.argv[2]))
callback = getattr(storage, "failed_trial_callback", None) or getattr(storage, "heartbeat_stale_trial_callback", None)
print(storage.heartbeat_interval, storage.grace_period, getattr(callback, "_max_retry", None))
"""


@pytest.mark.parametrize("given, expected", [({}, "30 120 2"), ({"grace_period": 45}, "30 45 2"), ({"heartbeat_interval": 7}, "7 None None")])
def test_a_plain_script_and_a_storage_of_the_glue_beat_alike(tmp_path, launcher, given, expected):
    launcher(30, None, 2)
    url = f"sqlite:///{tmp_path}/s.db"
    script = tmp_path / "script.py"
    script.write_text(PLAIN)
    runner = GLUE / "python_worker.py"
    told = subprocess.run(
        [sys.executable, "-W", "ignore", str(runner), str(script), url, repr(given)],
        capture_output=True, text=True,
    )
    assert told.stdout.split("\n")[-2] == expected, told.stderr

    storage = components.rdb_storage(url, dict(given), None)
    backend = getattr(storage, "_backend", storage)
    callback = backend.failed_trial_callback
    told = f"{backend.heartbeat_interval} {backend.grace_period} {getattr(callback, '_max_retry', None)}"
    assert told == expected
    assert isinstance(backend, optuna.storages.RDBStorage)
