"""Native samplers and pruners against Optuna's own, in one process and in turn: sampling.py ROUNDS [NAME…]

Prints the processor time of a trial on each side, in studies in memory on top of so many trials. Both sides choose the same.
"""

import gc
import statistics
import sys
import time
import warnings

import numpy
import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution
from optuna.trial import TrialState, create_trial

import hpo_dotnet.pruners
import hpo_dotnet.samplers

MEASURED = 100
WARM = 15
FLOATS = {"x": FloatDistribution(-5, 5), "y": FloatDistribution(1e-5, 1, log=True), "z": FloatDistribution(0, 1)}
MIXED = {"n": IntDistribution(0, 100), "m": IntDistribution(1, 1024, log=True), "kind": CategoricalDistribution(list("abcd"))}
TEN = {f"x{index}": FloatDistribution(-5, 5) for index in range(10)}
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


def study_of(side, make, spaces, reports, count, objectives, earlier_trials):
    sampler, pruner = make(side)
    study = optuna.create_study(sampler=sampler, pruner=pruner, directions=["minimize"] * objectives)
    if earlier_trials is None:
        study.optimize(objective_of(spaces, reports, objectives), n_trials=count)
    else:
        study.add_trials(earlier_trials)
    return study


def cost(side, make, spaces, reports, count, measured, objectives, earlier_trials):
    """Milliseconds of a trial, and what was chosen."""
    study = study_of(side, make, spaces, reports, count, objectives, earlier_trials)
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


SIDES = {"Optuna": (optuna.samplers, optuna.pruners), "native": (hpo_dotnet.samplers, hpo_dotnet.pruners)}
# What is made, its parameters, reports, trials before, measured trials, objectives.
ROWS = {
    "tpe": [("TPE + Median, 3 floats", tpe(), FLOATS, 5, count, MEASURED, 1) for count in (10, 100, 1000, 5000)],
    "tpe-mixed": [("TPE + Median, ints and a categorical", tpe(), MIXED, 5, 5000, MEASURED, 1)],
    "tpe-multivariate": [("multivariate TPE + Median, 3 floats", tpe(multivariate=True), FLOATS, 5, 5000, MEASURED, 1)],
    "tpe-ten": [("TPE + Median, 10 floats", tpe(), TEN, 5, 5000, 20, 1)],
    "tpe-long": [("TPE + Median, 3 floats", tpe(), FLOATS, 5, 50_000, 10, 1)],
    "grid": [("grid of 8,000 points", plain("GridSampler", GRID, seed=1), FLOATS, 0, count, 10, 1) for count in (10, 4000)],
    "brute-force": [("brute force, 8,000 points", plain("BruteForceSampler", seed=1), POINTS, 0, count, 4, 1) for count in (10, 1000)],
    "nsga": [("NSGA-II, 2 objectives", plain("NSGAIISampler", seed=1), FLOATS, 0, count, MEASURED, 2) for count in (10, 4000)],
}


def main():
    warnings.simplefilter("ignore")
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    rounds, names = int(sys.argv[1]), sys.argv[2:] or list(ROWS)
    print(f"processor time of a trial, Optuna {optuna.__version__}, studies in memory", flush=True)
    for name in names:
        for title, make, spaces, reports, count, measured, objectives in ROWS[name]:
            filled = list(earlier(spaces, count, reports)) if name.startswith("tpe") else None
            times, chosen = {side: [] for side in SIDES}, {}
            for _ in range(rounds):
                for side, modules in SIDES.items():
                    milliseconds, chosen[side] = cost(modules, make, spaces, reports, count, measured, objectives, filled)
                    times[side].append(milliseconds)
            optunas, native = (statistics.median(times[side]) for side in SIDES)
            same = "the same trials" if chosen["Optuna"] == chosen["native"] else "OTHER TRIALS"
            print(
                f"{title}, on top of {count}: Optuna {optunas:.2f} ms, native {native:.2f} ms, {optunas / native:.1f} times less, {same}",
                flush=True,
            )


main()
