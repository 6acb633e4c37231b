"""Native samplers and pruners against Optuna's own, in turn: sampling.py ROUNDS [NAME…]

Prints the processor time of a trial on each side, in studies in memory on top of so many trials. Both sides choose the same.
"""

import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

import numpy
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState, create_trial

import hpo_dotnet.pruners
import hpo_dotnet.samplers
import hpo_dotnet.storages

MEASURED = 100
WARM = 15
FLOATS = {"x": FloatDistribution(-5, 5), "y": FloatDistribution(1e-5, 1, log=True), "z": FloatDistribution(0, 1)}
MIXED = {"n": IntDistribution(0, 100), "m": IntDistribution(1, 1024, log=True), "kind": CategoricalDistribution(list("abcd"))}
TEN = {f"x{index}": FloatDistribution(-5, 5) for index in range(10)}
LINEAR = {name: FloatDistribution(0, 19) for name in "xyz"}
GRID = {name: [float(value) for value in range(20)] for name in "xyz"}
POINTS = {name: IntDistribution(0, 19) for name in "xyz"}


def value_of(space, rng):
    if isinstance(space, CategoricalDistribution):
        return space.choices[rng.randint(len(space.choices))]
    if isinstance(space, IntDistribution):
        return int(rng.randint(space.low, space.high + 1))
    return float(numpy.exp(rng.uniform(numpy.log(space.low), numpy.log(space.high))) if space.log else rng.uniform(space.low, space.high))


def loss(params):
    return float(sum(index + (hash(value) % 7 if isinstance(value, str) else value) ** 2 for index, value in enumerate(params.values())))


def earlier(spaces, count, reports):
    """Finished trials; with reports half of them are pruned."""
    rng = numpy.random.RandomState(0)
    for number in range(count):
        params = {name: value_of(space, rng) for name, space in spaces.items()}
        pruned = bool(reports) and number % 2 == 1
        steps = {step: loss(params) * (6 - step) for step in range(rng.randint(1, 5) if pruned else reports)}
        yield create_trial(
            state=TrialState.PRUNED if pruned else TrialState.COMPLETE,
            values=None if pruned else [loss(params)],
            params=params,
            distributions=spaces,
            intermediate_values=steps,
        )


def objective_of(spaces, reports, objectives=1):
    def objective(trial):
        value = loss({name: trial._suggest(name, space) for name, space in spaces.items()})
        for step in range(reports):
            trial.report(value * (6 - step), step)
            trial.should_prune()  # what it says is not followed: each trial shall cost the same calls
        return value if objectives == 1 else [value, -value / 2]

    return objective


def begun(make, spaces, count, objectives):
    """Finished trials of a sampler that keeps something in them: made by the native one, since Optuna's takes too long."""
    study = optuna.create_study(sampler=make(SIDES["native"])[0], directions=["minimize"] * objectives)
    study.optimize(objective_of(spaces, 0, objectives), n_trials=count)
    return study.get_trials(states=(TrialState.COMPLETE,))


def study_of(side, make, objectives, earlier_trials):
    sampler, pruner = make(side)
    study = optuna.create_study(storage=side[2].InMemoryStorage(), sampler=sampler, pruner=pruner, directions=["minimize"] * objectives)
    study.add_trials(earlier_trials)
    return study


def cost(side, make, spaces, reports, measured, objectives, earlier_trials):
    """Milliseconds of a trial, and what was chosen."""
    study = study_of(side, make, objectives, earlier_trials)
    objective = objective_of(spaces, reports, objectives)
    study.optimize(objective, n_trials=WARM if measured > WARM else 2)
    gc.collect()
    begin = time.process_time()
    study.optimize(objective, n_trials=measured)
    return (time.process_time() - begin) / measured * 1e3, [trial.params for trial in study.trials[-measured:]]


def tpe(**options):
    def make(side):
        return side[0].TPESampler(seed=1, **options), side[1].MedianPruner()

    return make


def plain(name, *arguments, **options):
    def make(side):
        return getattr(side[0], name)(*arguments, **options), optuna.pruners.NopPruner()

    return make


SIDES = {
    "Optuna": (optuna.samplers, optuna.pruners, optuna.storages),
    "native": (hpo_dotnet.samplers, hpo_dotnet.pruners, hpo_dotnet.storages),
}
# What is made, its parameters, reports, trials before, measured trials, objectives.
ROWS = {
    "tpe": [("TPE + Median, 3 floats", tpe(), FLOATS, 5, count, MEASURED, 1) for count in (10, 100, 1000, 5000)],
    "tpe-mixed": [("TPE + Median, ints and a categorical", tpe(), MIXED, 5, 5000, MEASURED, 1)],
    "tpe-multivariate": [("multivariate TPE + Median, 3 floats", tpe(multivariate=True), FLOATS, 5, 5000, MEASURED, 1)],
    "tpe-ten": [("TPE + Median, 10 floats", tpe(), TEN, 5, 5000, 20, 1)],
    "tpe-long": [("TPE + Median, 3 floats", tpe(), FLOATS, 5, 50_000, 10, 1)],
    "grid": [("grid of 8,000 points", plain("GridSampler", GRID, seed=1), LINEAR, 0, count, 10, 1) for count in (10, 4000)],
    "brute-force": [("brute force, 8,000 points", plain("BruteForceSampler", seed=1), POINTS, 0, count, 4, 1) for count in (10, 4000)],
    "nsga": [("NSGA-II, 2 objectives", plain("NSGAIISampler", seed=1), FLOATS, 0, count, MEASURED, 2) for count in (10, 4000)],
}


def threads(rounds):
    """What a second thread is worth while sampling."""
    filled = list(earlier(FLOATS, 20_000, 5))
    for side, modules in SIDES.items():
        gains = []
        for _ in range(rounds):
            rates = []
            for n_jobs in (1, 2):
                study = study_of(modules, tpe(), 1, filled)
                study.optimize(objective_of(FLOATS, 5), n_trials=2)
                begin, trials = time.perf_counter(), 6 if side == "Optuna" else 60
                study.optimize(objective_of(FLOATS, 5), n_trials=trials, n_jobs=n_jobs)
                rates.append(trials / (time.perf_counter() - begin))
            gains.append(rates[1] / rates[0])
        print(f"TPE + Median on top of 20000, {side}: n_jobs=2 makes {statistics.median(gains):.2f} times as many trials a second", flush=True)


class Parts:
    """The time spent in the methods of some objects, each without what it calls of another."""

    def __init__(self, **objects):
        self.seconds = dict.fromkeys(["rest", *objects], 0.0)
        self._stack, self._since = ["rest"], time.perf_counter()
        for part, owner in objects.items():
            for name in dir(owner):
                if not name.startswith("_") and callable(getattr(owner, name)):
                    setattr(owner, name, self._timed(part, getattr(owner, name)))

    def _timed(self, part, method):
        def call(*arguments, **options):
            self.switch()
            self._stack.append(part)
            try:
                return method(*arguments, **options)
            finally:
                self.switch()
                self._stack.pop()

        return call

    def switch(self):
        now = time.perf_counter()
        self.seconds[self._stack[-1]] += now - self._since
        self._since = now


PROCESS = """
import sys, time, warnings, optuna, hpo_dotnet
warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
import sampling
side, url, name, count = sys.argv[1:]
storage = optuna.storages.RDBStorage(url) if side == "Optuna" else hpo_dotnet.MySqlStorage(url)
sampler, pruner = sampling.tpe()(sampling.SIDES[side])
study = optuna.load_study(study_name=name, storage=storage, sampler=sampler, pruner=pruner)
objective = sampling.objective_of(sampling.FLOATS, 5)
study.optimize(objective, n_trials=4)
print("ready", flush=True)
sys.stdin.readline()
parts = sampling.Parts(storage=study._storage, sampler=sampler, pruner=pruner)
cpu, begin = time.process_time(), time.perf_counter()
study.optimize(objective, n_trials=int(count))
parts.switch()
print(time.perf_counter() - begin, time.process_time() - cpu, *parts.seconds.values())
"""


def on_mysql(rounds):
    """TPE + Median with the storage's part, on top of 5,000 trials in a MariaDB of the benchmark's own; one process and two."""
    scripts = Path(os.environ["HPO_BENCH_SCRIPTS"])
    with tempfile.TemporaryDirectory() as home:
        started = subprocess.run([scripts / "start-mysql", "--data", home], capture_output=True, text=True, check=True)
        url = started.stdout.strip().replace("mysql+pymysql:", "mysql:")
        try:
            _on_mysql(url, rounds)
        finally:
            subprocess.run([scripts / "stop-mysql", "--data", home], capture_output=True)


def _on_mysql(url, rounds):
    filled, times = list(earlier(FLOATS, 5000, 5)), {}
    for number in range(rounds):
        for side in SIDES:
            for processes in (1, 2):
                name = f"{side}-{processes}-{number}"
                optuna.create_study(storage=hpo_dotnet.MySqlStorage(url), study_name=name).add_trials(filled)
                measured = 20 if side == "Optuna" else 200
                command = [sys.executable, "-c", PROCESS, side, url, name, str(measured)]
                environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
                workers = [
                    subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
                    for _ in range(processes)
                ]
                for worker in workers:
                    assert worker.stdout.readline() == "ready\n"
                for worker in workers:
                    worker.stdin.write("go\n")
                    worker.stdin.flush()
                outcomes = [[float(figure) for figure in worker.communicate()[0].split()] for worker in workers]
                wall = max(outcome[0] for outcome in outcomes) / processes  # of a trial of the study
                means = [statistics.mean(column) for column in zip(*outcomes)][1:]
                times.setdefault((side, processes), []).append([figure / measured * 1e3 for figure in (wall, *means)])
    medians = {key: [statistics.median(column) for column in zip(*rows)] for key, rows in times.items()}
    for (side, processes), (wall, cpu, rest, storage, sampler, pruner) in medians.items():
        print(
            f"TPE + Median on MariaDB, on top of 5000, {side}, processes: {processes}: a trial each {wall:.2f} ms. In a process: storage "
            f"{storage:.2f}, sampler {sampler:.2f}, pruner {pruner:.2f}, the rest {rest:.2f} ms; {cpu:.2f} ms of the processor",
            flush=True,
        )
    gain = medians["Optuna", 1][0] / medians["native", 1][0]
    print(f"all of it, storage, sampler and pruner: {gain:.1f} times faster than Optuna with RDBStorage", flush=True)
    for side in SIDES:
        print(f"{side}: a second process makes {medians[side, 1][0] / medians[side, 2][0]:.2f} times as many trials a second", flush=True)


def main():
    warnings.simplefilter("ignore")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    others = {"threads": threads, "storage": on_mysql}
    rounds, names = int(sys.argv[1]), sys.argv[2:] or [*ROWS, *others]
    for unknown in set(names) - ROWS.keys() - others.keys():
        sys.exit(f"unknown row '{unknown}'; known are: {', '.join([*ROWS, *others])}")
    print(f"processor time of a trial, Optuna {optuna.__version__}, studies in memory", flush=True)
    for name in names:
        if name in others:
            others[name](rounds)
        for title, make, spaces, reports, count, measured, objectives in ROWS.get(name, []):
            is_tpe = name.startswith("tpe")
            filled = list(earlier(spaces, count, reports)) if is_tpe else begun(make, spaces, count, objectives)
            times, chosen = {side: [] for side in SIDES}, {}
            for _ in range(rounds):
                for side, modules in SIDES.items():
                    milliseconds, chosen[side] = cost(modules, make, spaces, reports, measured, objectives, filled)
                    times[side].append(milliseconds)
            optunas, native = (statistics.median(times[side]) for side in SIDES)
            same = "the same trials" if chosen["Optuna"] == chosen["native"] else "OTHER TRIALS"
            print(
                f"{title}, on top of {count}: Optuna {optunas:.2f} ms, native {native:.2f} ms, {optunas / native:.1f} times less, {same}",
                flush=True,
            )


if __name__ == "__main__":
    main()
