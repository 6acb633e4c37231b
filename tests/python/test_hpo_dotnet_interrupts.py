"""Ctrl-C and other signals while C# runs."""

import os
import signal
import subprocess

import pytest
from hosting import LIMIT_SECONDS, start_script

STUDY = """
import signal, sys
study = optuna.create_study()
try:
    study.optimize(hpo_dotnet.load(ACME).objective("waiting"{isolated}), n_trials=3, {optimize})
except KeyboardInterrupt:
    print("KeyboardInterrupt")
print([trial.state.name for trial in study.trials], flush=True)
"""


def lines_until(process, wanted):
    lines = []
    for line in process.stdout:
        lines.append(line.strip())
        if lines[-1] == wanted:
            return lines
    raise AssertionError(f"{wanted!r} did not come: {lines}")


def interrupted(tmp_path, source, number=signal.SIGINT, repeat_seconds=None):
    """What a script prints after a signal that comes while its objective waits; where asked for, it comes again."""
    process = start_script(tmp_path, source)
    try:
        lines_until(process, "waiting")
        for _ in range(LIMIT_SECONDS):
            os.killpg(process.pid, number)  # as a terminal does: the children too
            try:
                rest, _ = process.communicate(timeout=repeat_seconds or LIMIT_SECONDS)
                break
            except subprocess.TimeoutExpired:
                if repeat_seconds is None:
                    raise
    finally:
        process.kill()
    return rest.split("\n")[:-1], process.returncode


@pytest.mark.parametrize("isolated", ["", ", isolated=True"], ids=["in process", "isolated"])
def test_ctrl_c_cancels_the_objective_and_raises_keyboard_interrupt(tmp_path, isolated):
    printed, code = interrupted(tmp_path, STUDY.format(isolated=isolated, optimize=""))
    assert printed[0] == "cancelled"
    assert printed[-2:] == ["KeyboardInterrupt", "['FAIL']"], printed
    assert code == 0


def test_ctrl_c_is_not_caught_by_catch(tmp_path):
    printed, _ = interrupted(tmp_path, STUDY.format(isolated="", optimize="catch=(Exception,)"))
    assert printed == ["cancelled", "KeyboardInterrupt", "['FAIL']"]


def test_a_process_that_nobody_catches_it_in_ends_as_python_ends(tmp_path):
    printed, code = interrupted(tmp_path, "hpo_dotnet.load(ACME).objective('waiting')(optuna.trial.FixedTrial({}))")
    assert printed[-1] == "KeyboardInterrupt"
    assert code == -signal.SIGINT


def test_a_handler_of_ones_own_decides_what_ctrl_c_means(tmp_path):
    source = """
    import signal
    signal.signal(signal.SIGINT, lambda *_: print("my handler"))
    study = optuna.create_study()
    study.optimize(hpo_dotnet.load(ACME).objective("waiting", limit_seconds=1), n_trials=1)
    print([trial.state.name for trial in study.trials])
    """
    printed, _ = interrupted(tmp_path, source)
    assert printed == ["not cancelled", "my handler", "['COMPLETE']"]


def test_an_event_loop_learns_of_the_signal_too(tmp_path):
    source = """
    import signal, socket
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    signal.set_wakeup_fd(writer.fileno())
    try:
        hpo_dotnet.load(ACME).objective("waiting")(optuna.trial.FixedTrial({}))
    except KeyboardInterrupt:
        print(reader.recv(1), signal.set_wakeup_fd(-1) == writer.fileno())
    """
    printed, _ = interrupted(tmp_path, source)
    assert printed == ["cancelled", "b'\\x02' True"]


@pytest.mark.parametrize("wait", ["time.sleep(60)", "os.read(os.pipe()[0], 1)"])
def test_ctrl_c_between_trials_is_pythons(tmp_path, wait):
    source = f"""
    import os, time
    hpo_dotnet.load(ACME).objective("outcome", kind="print")(optuna.trial.FixedTrial({{}}))
    try:
        print("waiting", flush=True)
        {wait}
    except KeyboardInterrupt:
        print("KeyboardInterrupt")
    """
    # A signal that comes just before Python enters the system call does not end the call: so it is in any Python.
    printed, code = interrupted(tmp_path, source, repeat_seconds=5)
    assert (printed, code) == (["KeyboardInterrupt"], 0)


def test_a_handler_of_sigterm_is_left_in_place(tmp_path):
    source = """
    import signal, time
    signal.signal(signal.SIGTERM, lambda *_: print("my handler"))
    hpo_dotnet.load(ACME).objective("waiting", limit_seconds=1)(optuna.trial.FixedTrial({}))
    """
    printed, code = interrupted(tmp_path, source, signal.SIGTERM)
    assert (printed, code) == (["not cancelled", "my handler"], 0)


def test_sigterm_ends_the_process(tmp_path):
    source = "hpo_dotnet.load(ACME).objective('waiting')(optuna.trial.FixedTrial({}))"
    _, code = interrupted(tmp_path, source, signal.SIGTERM)
    assert code in (-signal.SIGTERM, 128 + signal.SIGTERM)
