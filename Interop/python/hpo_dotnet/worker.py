"""The process of an isolated objective: ``python -m hpo_dotnet.worker DESCRIPTOR``, started by hpo_dotnet itself."""

from __future__ import annotations

import os
import queue
import signal
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from optuna.exceptions import TrialPruned

from hpo_dotnet import _host
from hpo_dotnet._isolated import ATTRIBUTES, METHODS, picklable
from hpo_dotnet._objective import InProcessEvaluation
from hpo_dotnet.errors import HostError


class Link:
    """The connection to the parent, read by a thread of its own so that an interruption arrives at any time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._answers: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        self._call_lock = threading.Lock()
        self.commands: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        threading.Thread(target=self._read, name="hpo_dotnet-parent", daemon=True).start()

    def send(self, *message: Any) -> None:
        self._connection.send(message)

    def call(self, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any]) -> Any:
        """Asks the parent's trial; an objective may do so on several threads."""
        with self._call_lock:
            self.send("call", name, arguments, keywords)
            answer = self._answers.get()
        if answer[0] == "answer":
            return answer[1]
        error: BaseException = answer[2]
        setattr(error, "_hpo_dotnet_index", answer[1])
        raise error

    def _read(self) -> None:
        try:
            while True:
                message = self._connection.recv()
                if message[0] == "interrupt":
                    _host.host().interrupt()
                elif message[0] in ("answer", "raised"):
                    self._answers.put(message)
                else:
                    self.commands.put(message)
        except (EOFError, OSError):
            # The parent is done with this process, or gone; C# code that runs has no one to answer any more.
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(0)


class RemoteTrial:
    """The parent's trial."""

    def __init__(self, link: Link, number: int) -> None:
        self._link = link
        self.number = number

    def __getattr__(self, name: str) -> Any:
        if name in METHODS:

            def call(*arguments: Any, **keywords: Any) -> Any:
                return self._link.call(name, arguments, keywords)

            return call
        if name in ATTRIBUTES:
            return self._link.call(name, (), {})
        raise AttributeError(name)


def evaluate(link: Link, evaluation: InProcessEvaluation, number: int) -> None:
    """Evaluates a trial and sends what came of it."""
    try:
        message: tuple[Any, ...] = ("value", evaluation(RemoteTrial(link, number)))
    except TrialPruned as pruned:
        message = ("pruned", str(pruned))
    except KeyboardInterrupt:
        message = ("interrupted",)
    except Exception as error:
        index = getattr(error, "_hpo_dotnet_index", None)
        message = ("failed", picklable(error, HostError)) if index is None else ("raise", index)
    link.send(*message)


def main(descriptor: int) -> None:
    # Ctrl-C reaches the whole group of processes; it is the parent that decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    link = Link(Connection(descriptor))
    assembly: Path | None
    _, (dotnet_root, assemblies), assembly, name, settings = link.commands.get()
    try:
        _host.start(dotnet_root=dotnet_root, assemblies=assemblies)
        evaluation = InProcessEvaluation(assembly, name, settings)
    except Exception as error:
        link.send("failed", picklable(error, HostError))
        return
    link.send("ready")
    while True:
        evaluate(link, evaluation, link.commands.get()[1])


if __name__ == "__main__":
    main(int(sys.argv[1]))
