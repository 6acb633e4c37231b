"""The native MySQL storage against Optuna's RDBStorage, in one process and in turn: storage.py URL ROUND TRIALS FULL DATA DELAY

TPE with the median pruner, 3 parameters and 5 report/should_prune a trial. Writes one JSON document: for each size
of study (empty, FULL trials) what a trial costs each side in time spent in the storage's methods, in statements (as
the server counts them), in round trips (as a relay between both counts them), and in writes of the server's log to the
disk, with the time that one takes in the folder DATA of the server. DELAY milliseconds are spent before each call, as on a slower machine.
"""

import json
import os
import socket
import statistics
import sys
import threading
import time
import warnings
from urllib.parse import urlsplit

import hpo_dotnet
import MySQLdb
import optuna
from optuna.trial import TrialState, create_trial

RELAYED_TRIALS = 20
LOG_WRITES = 200
WARM_SECONDS = 6  # after some 5 s of use .NET has compiled for good what is used often
DISTRIBUTIONS = {
    "x": optuna.distributions.FloatDistribution(-5, 5),
    "n": optuna.distributions.IntDistribution(0, 10),
    "kind": optuna.distributions.CategoricalDistribution(["a", "b"]),
}


def objective_of(delay):
    def work():
        end = time.perf_counter() + delay / 1e3
        while time.perf_counter() < end:
            pass

    def objective(trial):
        values = []
        for suggest, arguments in (("float", ("x", -5, 5)), ("int", ("n", 0, 10)), ("categorical", ("kind", ["a", "b"]))):
            work()
            values.append(getattr(trial, f"suggest_{suggest}")(*arguments))
        x, n, kind = values
        value = x * x + n + (kind == "a")
        for step in range(5):
            work()
            trial.report(value * (6 - step), step)
            work()
            trial.should_prune()  # what it says is not followed: each trial shall cost the same calls
        return value

    return objective


def finished(number):
    value = (number * 7919 % 1000) / 40
    return create_trial(
        state=TrialState.COMPLETE,
        values=[value],
        params={"x": value / 5, "n": number % 11, "kind": "ab"[number % 2]},
        distributions=DISTRIBUTIONS,
        intermediate_values={step: value * (6 - step) for step in range(5)},
    )


class Clock:
    """Time within the outermost of a storage's methods."""

    def __init__(self, storage):
        self.seconds = 0.0
        self._depth = 0
        for name in dir(storage):
            if not name.startswith("__") and callable(getattr(storage, name)) and not name.startswith("_"):
                setattr(storage, name, self._timed(getattr(storage, name)))

    def _timed(self, method):
        def call(*args, **kwargs):
            self._depth += 1
            begin = time.perf_counter()
            try:
                return method(*args, **kwargs)
            finally:
                self._depth -= 1
                if not self._depth:
                    self.seconds += time.perf_counter() - begin

        return call


class Relay:
    """Stands between a client and the server, and counts the client's commands: packets with the number 0."""

    def __init__(self, host, port):
        self._server = (host, port)
        self.round_trips = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            client, _ = self._listener.accept()
            server = socket.create_connection(self._server)
            for end in (client, server):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._count, args=(client, server), daemon=True).start()
            threading.Thread(target=self._copy, args=(server, client), daemon=True).start()

    def _copy(self, source, target):
        for data in _received(source):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)

    def _count(self, client, server):
        buffered = b""
        for data in _received(client):
            buffered += data
            while len(buffered) >= 4 and len(buffered) >= 4 + (size := int.from_bytes(buffered[:3], "little")):
                self.round_trips += buffered[3] == 0
                buffered = buffered[4 + size :]
            server.sendall(data)
        server.shutdown(socket.SHUT_WR)


def _received(end):
    while data := end.recv(65536):
        yield data


def native(url):
    return hpo_dotnet.MySqlStorage(url)


def optunas(url):
    return optuna.storages.get_storage(optuna.storages.RDBStorage(url))


SIDES = {"optuna": optunas, "native": native}


def load(storage, name):
    return optuna.load_study(
        study_name=name, storage=storage, sampler=optuna.samplers.TPESampler(seed=1), pruner=optuna.pruners.MedianPruner()
    )


def make(url, name, size):
    study = optuna.create_study(study_name=name, storage=native(url))
    for number in range(size):
        study.add_trial(finished(number))


def counters(connection):
    """The statements and the log's writes to the disk since the server's start."""
    cursor = connection.cursor()
    cursor.execute("SHOW GLOBAL STATUS WHERE Variable_name IN ('Innodb_log_writes', 'Questions')")
    return [int(value) for _, value in sorted(cursor.fetchall())]


def log_write_milliseconds(folder):
    """What it takes to bring a block to the disk, as the server does with its log for each commit."""
    path, times = os.path.join(folder, "log-write"), []
    with open(path, "wb", buffering=0) as file:
        for _ in range(LOG_WRITES):
            time.sleep(0.002)  # the caller's own work, in which the disk and the processor come to rest
            file.seek(0)
            begin = time.perf_counter()
            file.write(b"x" * 512)
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - begin)
    os.remove(path)
    return statistics.median(times) * 1e3


def measure(side, url, name, trials, connection, objective):
    """What a trial costs, after the study was read and everything is warm."""
    storage = SIDES[side](url)
    study = load(storage, name)
    study.get_trials(deepcopy=False)
    clock = Clock(storage)
    writes_before, statements_before = counters(connection)
    study.optimize(objective, n_trials=trials)
    writes, statements = counters(connection)
    return {
        "milliseconds": clock.seconds / trials * 1e3,
        "statements": (statements - statements_before - 1) / trials,  # one is the counting itself
        "log_writes": (writes - writes_before) / trials,
    }


def round_trips(side, url, name, relay, objective):
    parts = urlsplit(url)
    relayed = url.replace(f":{parts.port}/", f":{relay.port}/")
    study = load(SIDES[side](relayed), name)
    study.optimize(objective, n_trials=1)
    before = relay.round_trips
    study.optimize(objective, n_trials=RELAYED_TRIALS)
    return (relay.round_trips - before) / RELAYED_TRIALS


def main():
    url, (round_number, trials, full), data = sys.argv[1], map(int, sys.argv[2:5]), sys.argv[5]
    objective = objective_of(float(sys.argv[6]))
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    warnings.simplefilter("ignore")
    parts = urlsplit(url)
    connection = MySQLdb.connect(host=parts.hostname, port=parts.port, user=parts.username, passwd=parts.password or "", autocommit=True)
    cursor = connection.cursor()
    cursor.execute(f"CREATE DATABASE IF NOT EXISTS `{parts.path[1:]}` CHARACTER SET utf8mb4")
    relay = Relay(parts.hostname, parts.port)
    results = []
    for side in SIDES:
        make(url, f"warm-{side}-{round_number}", 0)
        load(SIDES[side](url), f"warm-{side}-{round_number}").optimize(objective, timeout=WARM_SECONDS)
    for size in (0, full):
        sides = list(SIDES) if (round_number + (size > 0)) % 2 == 0 else list(SIDES)[::-1]
        outcome = {"size": size, "log_write_milliseconds": log_write_milliseconds(data)}
        for side in sides:
            name = f"{side}-{size}-{round_number}"
            make(url, name, size)
            outcome[side] = measure(side, url, name, trials, connection, objective)
            outcome[side]["round_trips"] = round_trips(side, url, name, relay, objective)
        results.append(outcome)
    print(json.dumps(results))


main()
