"""The lock that keeps processes, of whatever user, from taking the same trial."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import optuna
import pytest

from hpo_glue import budget, locks

GLUE = str(Path(locks.__file__).parents[1])
NOBODY = 65534
needs_two_users = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two users")

ASK = """
import os, sys
os.umask(0o077)
sys.path.insert(0, sys.argv[1])
import optuna
from hpo_glue import budget
optuna.logging.set_verbosity(optuna.logging.ERROR)
storage = optuna.storages.RDBStorage(sys.argv[2], engine_kwargs={"connect_args": {"timeout": 60}})
study = optuna.load_study(study_name="s", storage=storage)
with budget.limit_total_trials(study, 10):
    try:
        study.optimize(lambda trial: trial.suggest_float("x", 0, 1))
    except budget.BudgetSpent:
        pass
"""

HOLD = """
import sys
sys.path.insert(0, sys.argv[1])
from hpo_glue import locks
with locks._file_lock(sys.argv[2], ""):
    print("held", flush=True)
    sys.stdin.read()
"""


def as_user(user, script, *arguments, **options):
    def become():
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)

    return subprocess.Popen(
        [sys.executable, "-c", script, GLUE, *arguments], preexec_fn=become if user else None, cwd="/", text=True, **options
    )


@pytest.fixture
def shared(tmp_path_factory):
    """A folder that every user may write to, as /tmp is."""
    folder = tmp_path_factory.mktemp("shared")
    for parent in [folder, *folder.parents][:3]:
        parent.chmod(parent.stat().st_mode | 0o055)
    folder.chmod(0o1777)
    return folder


@needs_two_users
@pytest.mark.parametrize("first, second", [(0, NOBODY), (NOBODY, 0)])
def test_two_users_share_the_budget_of_one_file(shared, first, second):
    file = shared / "studies.db"
    optuna.create_study(study_name="s", storage=f"sqlite:///{file}")
    file.chmod(0o666)
    os.chown(file, NOBODY, NOBODY)
    shared.chmod(0o777)  # SQLite deletes its journal, whoever made it
    workers = [as_user(user, ASK, f"sqlite:///{file}") for user in (first, second, first, second)]
    assert [worker.wait(timeout=120) for worker in workers] == [0, 0, 0, 0]
    numbers = [trial.number for trial in optuna.load_study(study_name="s", storage=f"sqlite:///{file}").trials]
    assert numbers == list(range(10))


@needs_two_users
@pytest.mark.parametrize("first, second", [(0, NOBODY), (NOBODY, 0)])
def test_a_lock_in_the_temporary_folder_excludes_another_user(shared, first, second):
    path = str(shared / "hpo-x.lock")
    holder = as_user(first, HOLD, path, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout.readline() == "held\n"
    waiter = as_user(second, HOLD, path, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    # The kernel lists who waits for a lock with an arrow.
    while f"-> FLOCK  ADVISORY  WRITE {waiter.pid} " not in Path("/proc/locks").read_text():
        assert waiter.poll() is None
    holder.communicate()
    assert waiter.stdout.readline() == "held\n"
    waiter.communicate()
    assert [holder.returncode, waiter.returncode] == [0, 0]


def test_the_lock_stands_beside_the_file_that_links_lead_to_and_is_for_whom_that_is(tmp_path):
    study = optuna.create_study(storage=f"sqlite:///{tmp_path}/studies.db")
    (tmp_path / "studies.db").chmod(0o640)
    (tmp_path / "link.db").symlink_to("studies.db")
    linked = optuna.load_study(study_name=study.study_name, storage=f"sqlite:///{tmp_path}/link.db")
    mask = os.umask(0o077)
    try:
        with budget.limit_total_trials(linked, 1):
            linked.ask()
    finally:
        os.umask(mask)
    assert (tmp_path / "studies.db.hpo-lock").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.db", "studies.db", "studies.db.hpo-lock"]


@pytest.mark.parametrize("target", ["there", "nowhere"])
def test_a_link_in_the_place_of_a_lock_is_refused_and_not_followed(tmp_path, target):
    (tmp_path / "there").write_text("")
    (tmp_path / "x.lock").symlink_to(target)
    with pytest.raises(OSError):
        with locks._file_lock(str(tmp_path / "x.lock"), ""):
            pass
    assert not (tmp_path / "nowhere").exists()


def test_a_pipe_in_the_place_of_a_lock_is_refused(tmp_path):
    os.mkfifo(tmp_path / "x.lock")
    with pytest.raises(OSError, match="is no file"):
        with locks._file_lock(str(tmp_path / "x.lock"), ""):
            pass


def test_a_lock_whose_file_was_removed_meanwhile_is_taken_anew(tmp_path, monkeypatch):
    path = tmp_path / "x.lock"
    lock, removed = locks._lock, []

    def remove_first(descriptor):
        lock(descriptor)
        if not removed:
            removed.append(path.unlink())

    monkeypatch.setattr(locks, "_lock", remove_first)
    with locks._file_lock(str(path), ""):
        assert path.exists()
    assert removed


@pytest.mark.parametrize("url", [None, "sqlite://", "sqlite:///:memory:", "sqlite:///file:s?mode=memory&uri=true"])
def test_a_study_in_memory_is_locked_without_a_file(url, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    study = optuna.create_study(storage=url)
    entered = threading.Event()

    def enter():
        with locks.study_lock(study):
            entered.set()

    with locks.study_lock(study), locks.study_lock(study):
        other = threading.Thread(target=enter)
        other.start()
        assert not entered.is_set()
    other.join()
    assert entered.is_set()
    assert list(tmp_path.iterdir()) == []
