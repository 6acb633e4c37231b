"""Evaluates trials in processes of their own; what the objective asks of its trial is answered here.

The messages between the two processes are tuples whose first item names them:

    to the child    objective start-arguments assembly name settings · evaluate number · answer value · raised index error · interrupt
    to the parent   ready · failed error · call method arguments · value v · pruned text · interrupted · raise index
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from optuna.exceptions import TrialPruned

from hpo_dotnet._host import start_arguments
from hpo_dotnet.errors import IsolatedProcessError

METHODS = ("suggest_float", "suggest_int", "suggest_categorical", "report", "should_prune", "set_user_attr")
ATTRIBUTES = ("params", "distributions", "user_attrs", "datetime_start")

_INTERRUPT_GRACE_SECONDS = 10.0
_END_GRACE_SECONDS = 5.0


class IsolatedEvaluation:
    """A process for each evaluation at a time, kept for the next one."""

    def __init__(self, assembly: Path | None, name: str, settings: dict[str, Any]) -> None:
        self._recipe = (assembly, name, settings)
        self._lock = threading.Lock()
        self._owner = os.getpid()
        # At once: wrong settings show here and not at the first trial.
        self._idle = [IsolatedProcess(*self._recipe)]

    def __call__(self, trial: Any) -> float | tuple[float, ...]:
        process = self._take()
        try:
            return process.evaluate(trial)
        finally:
            if process.is_usable:
                with self._lock:
                    self._idle.append(process)
            else:
                process.close()

    def _take(self) -> IsolatedProcess:
        if self._owner != os.getpid():  # forked: the processes answer their own parent
            self._lock, self._idle, self._owner = threading.Lock(), [], os.getpid()
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return IsolatedProcess(*self._recipe)

    def close(self) -> None:
        if self._owner == os.getpid():
            while self._idle:
                self._idle.pop().close()


class IsolatedProcess:
    """A child process that hosts .NET and one objective."""

    def __init__(self, assembly: Path | None, name: str, settings: dict[str, Any]) -> None:
        self.is_usable = False
        self._connection, theirs = Pipe()
        self._process = _spawn(theirs)
        try:
            self._send(("objective", start_arguments(), assembly, name, settings))
            answer = self._receive()
        except BaseException:
            self.close()
            raise
        if answer[0] == "failed":
            self.close()
            raise answer[1]
        self.is_usable = True

    def evaluate(self, trial: Any) -> float | tuple[float, ...]:
        # Until the last answer is here, the two sides are not in step.
        self.is_usable = False
        errors: list[BaseException] = []
        try:
            self._send(("evaluate", trial.number))
            outcome = self._answer_calls(trial, errors)
        except KeyboardInterrupt:
            self._interrupt()
            raise
        self.is_usable = True
        if outcome[0] == "value":
            value: float | tuple[float, ...] = outcome[1]
            return value
        if outcome[0] == "pruned":
            raise TrialPruned(outcome[1])
        if outcome[0] == "raise":
            raise errors[outcome[1]]
        raise outcome[1]

    def close(self) -> None:
        """Lets the process end; it does when its connection closes."""
        self.is_usable = False
        self._connection.close()
        try:
            self._process.wait(_END_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _answer_calls(self, trial: Any, errors: list[BaseException]) -> tuple[Any, ...]:
        while True:
            message = self._receive()
            if message[0] != "call":
                return message
            answer: tuple[Any, ...]
            try:
                answer = ("answer", _call(trial, message[1], message[2], message[3]))
            except Exception as error:
                errors.append(error)
                answer = ("raised", len(errors) - 1, picklable(error, RuntimeError))
            self._send(answer)

    def _interrupt(self) -> None:
        """Cancels the evaluation, and gives the objective a moment to end in order."""
        try:
            self._send(("interrupt",))
            while self._connection.poll(_INTERRUPT_GRACE_SECONDS):
                if self._receive()[0] != "call":
                    self.is_usable = True
                    return
                self._send(("raised", -1, KeyboardInterrupt()))
        except Exception:  # out of step: the process is of no use any more
            pass
        self._process.kill()

    def _send(self, message: tuple[Any, ...]) -> None:
        try:
            self._connection.send(message)
        except (BrokenPipeError, ConnectionResetError):
            raise self._ended() from None

    def _receive(self) -> tuple[Any, ...]:
        try:
            message: tuple[Any, ...] = self._connection.recv()
            return message
        except (EOFError, ConnectionResetError):
            raise self._ended() from None

    def _ended(self) -> IsolatedProcessError:
        code = self._process.wait()
        how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        return IsolatedProcessError(f"The process of the isolated objective {how} before it had answered; its output is above.")


def _spawn(theirs: Connection) -> subprocess.Popen[bytes]:
    # What this process can import, the child can too.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "hpo_dotnet.worker", str(theirs.fileno())]
    with theirs:
        if sys.platform == "win32":
            handle = theirs.fileno()
            os.set_handle_inheritable(handle, True)
            startup = subprocess.STARTUPINFO(lpAttributeList={"handle_list": [handle]})
            return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, startupinfo=startup)
        return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, pass_fds=[theirs.fileno()])


def _call(trial: Any, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
    if name in METHODS:
        return getattr(trial, name)(*arguments, **keywords)
    if name in ATTRIBUTES:
        return getattr(trial, name)
    raise AttributeError(name)


def picklable(error: Exception, otherwise: type[Exception]) -> Exception:
    """The error, or its text where it cannot be pickled."""
    try:
        pickle.loads(pickle.dumps(error))
        return error
    except Exception:
        return otherwise(f"{type(error).__name__}: {error}")
