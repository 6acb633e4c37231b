"""The studies of IdentityMatrixTests in pure Python: space, sampler, pruner and number of objectives by their names.

Each line of standard input is a list of names, each line of standard output what came of them.
"""

import json
import pathlib
import sys
import warnings

import numpy
import optuna
from optuna.samplers import nsgaii

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.CRITICAL)

SEED = 11


def read_spaces(name):
    return json.loads(pathlib.Path(__file__).with_name(name).read_text())


SPACES = read_spaces("matrix.json")


def constraints(trial):
    return [float(trial.number % 3 - 1)]


def gamma(count):
    return count // 5 + 1


def weights(count):
    return numpy.arange(1, count + 1, dtype=float)


def grid(space):
    def values(item):
        if item["type"] == "categorical":
            return item["choices"]
        if item["type"] == "int":
            return [item["low"], item["high"]]
        return [float(item["low"]), float(item["high"])]

    return {item["name"]: values(item) for item in space}


def fixed(space):
    return {space[0]["name"]: grid(space)[space[0]["name"]][-1]}


def distribution(item):
    if item["type"] == "categorical":
        return optuna.distributions.CategoricalDistribution(item["choices"])
    if item["type"] == "int":
        return optuna.distributions.IntDistribution(
            item["low"], item["high"], log=item.get("log", False), step=item.get("step", 1)
        )
    return optuna.distributions.FloatDistribution(
        item["low"], item["high"], log=item.get("log", False), step=item.get("step")
    )


def earlier_trials(space):
    """Trials of an earlier study, spread over the ranges."""
    space = [item for item in space if "only" not in item]
    return [
        optuna.trial.create_trial(
            params={item["name"]: spread(item, (place + 3) * number % 32) for place, item in enumerate(space)},
            distributions={item["name"]: distribution(item) for item in space},
            value=float(number),
        )
        for number in range(32)
    ]


def spread(item, part):
    """The value at ``part`` / 32 of the range; of a grid its ends."""
    if item["type"] == "categorical" or "step" in item:
        values = grid([item])[item["name"]]
        return values[part % len(values)]
    if item["type"] == "int":
        return item["low"] + (item["high"] - item["low"]) * part // 32
    return item["low"] + (item["high"] - item["low"]) * (part / 32)


SAMPLERS = {
    "random": lambda space: optuna.samplers.RandomSampler(seed=SEED),
    "tpe": lambda space: optuna.samplers.TPESampler(seed=SEED),
    "tpe multivariate": lambda space: optuna.samplers.TPESampler(
        seed=SEED, multivariate=True, group=True, n_startup_trials=5, constant_liar=True
    ),
    "tpe functions": lambda space: optuna.samplers.TPESampler(
        seed=SEED, gamma=gamma, weights=weights, constraints_func=constraints, n_ei_candidates=8
    ),
    "grid": lambda space: optuna.samplers.GridSampler(grid(space), seed=SEED),
    "cmaes": lambda space: optuna.samplers.CmaEsSampler(seed=SEED),
    "cmaes restart": lambda space: optuna.samplers.CmaEsSampler(
        seed=SEED,
        restart_strategy="ipop",
        popsize=4,
        consider_pruned_trials=True,
        independent_sampler=optuna.samplers.TPESampler(seed=SEED),
    ),
    "cmaes warm": lambda space: optuna.samplers.CmaEsSampler(
        seed=SEED, n_startup_trials=0, source_trials=earlier_trials(space)
    ),
    "qmc": lambda space: optuna.samplers.QMCSampler(seed=SEED, scramble=True),
    "qmc halton": lambda space: optuna.samplers.QMCSampler(seed=SEED, qmc_type="halton", scramble=True),
    "nsgaii": lambda space: optuna.samplers.NSGAIISampler(seed=SEED, population_size=8),
    "nsgaii constraints": lambda space: optuna.samplers.NSGAIISampler(
        seed=SEED, population_size=8, mutation_prob=0.25, constraints_func=constraints
    ),
    "nsgaii blx": lambda space: optuna.samplers.NSGAIISampler(
        seed=SEED, population_size=8, crossover=nsgaii.BLXAlphaCrossover()
    ),
    "nsgaii sbx": lambda space: optuna.samplers.NSGAIISampler(
        seed=SEED, population_size=8, crossover=nsgaii.SBXCrossover(eta=3)
    ),
    "nsgaii vsbx": lambda space: optuna.samplers.NSGAIISampler(
        seed=SEED, population_size=8, crossover=nsgaii.VSBXCrossover()
    ),
    "nsgaii spx": lambda space: optuna.samplers.NSGAIISampler(
        seed=SEED, population_size=8, crossover=nsgaii.SPXCrossover()
    ),
    "nsgaii undx": lambda space: optuna.samplers.NSGAIISampler(
        seed=SEED, population_size=8, crossover=nsgaii.UNDXCrossover(sigma_xi=0.25)
    ),
    "nsgaiii": lambda space: optuna.samplers.NSGAIIISampler(seed=SEED, population_size=8, dividing_parameter=4),
    "gp": lambda space: optuna.samplers.GPSampler(seed=SEED, n_startup_trials=5, deterministic_objective=True),
    "brute force": lambda space: optuna.samplers.BruteForceSampler(seed=SEED),
    "partial fixed": lambda space: optuna.samplers.PartialFixedSampler(
        fixed(space), optuna.samplers.TPESampler(seed=SEED)
    ),
}

PRUNERS = {
    "median": lambda: optuna.pruners.MedianPruner(n_startup_trials=3),
    "percentile": lambda: optuna.pruners.PercentilePruner(40.0, n_warmup_steps=1),
    "successive halving": lambda: optuna.pruners.SuccessiveHalvingPruner(),
    "hyperband": lambda: optuna.pruners.HyperbandPruner(max_resource=4),
    "threshold": lambda: optuna.pruners.ThresholdPruner(upper=20.0),
    "patient": lambda: optuna.pruners.PatientPruner(optuna.pruners.MedianPruner(), 1),
    "nop": lambda: optuna.pruners.NopPruner(),
    "wilcoxon": lambda: optuna.pruners.WilcoxonPruner(p_threshold=0.3),
}


def suggest(trial, item):
    """The suggested value as a number: of a choice its index."""
    if item["type"] == "categorical":
        chosen = trial.suggest_categorical(item["name"], item["choices"])
        return item["choices"].index(chosen)
    if item["type"] == "int":
        return trial.suggest_int(
            item["name"], item["low"], item["high"], log=item.get("log", False), step=item.get("step", 1)
        )
    return trial.suggest_float(
        item["name"], item["low"], item["high"], log=item.get("log", False), step=item.get("step")
    )


def running_scores(trial, space):
    """Suggests the parameters that a trial has, one by one: the values of both objectives as far as they are known by then."""
    # Only operations that IEEE 754 rounds alike everywhere: no powers, no logarithms.
    first, second, kind = 0.0, 0.0, None
    for place, item in enumerate(space):
        if "only" in item and item["only"] != kind:
            continue
        number = suggest(trial, item)
        if item["name"] == "kind":
            kind = item["choices"][number]
        first += (place + 1) * number
        second += number * number - number
        yield first, second


def scores(trial, space):
    last = 0.0, 0.0
    for last in running_scores(trial, space):
        pass
    return last


def single(trial, space):
    value, _ = scores(trial, space)
    for step in range(1, 5):
        trial.report(value + (trial.number % 3 - 1) * step, step)
        if trial.should_prune():
            raise optuna.TrialPruned()
    return value


def facts(trial):
    return {
        "number": trial.number,
        "state": trial.state.name,
        "values": trial.values,
        "params": trial.params,
        "intermediate": sorted(trial.intermediate_values.items()),
    }


def run(name, n_trials):
    sampler, pruner, objectives, kind = name.split("/")
    space = SPACES[kind]
    try:
        study = optuna.create_study(
            study_name=name,
            directions=["minimize"] if objectives == "single" else ["minimize", "maximize"],
            sampler=SAMPLERS[sampler](space),
            pruner=PRUNERS[pruner](),
        )
        objective = single if objectives == "single" else scores
        study.optimize(lambda trial: objective(trial, space), n_trials=n_trials)
    except Exception as error:
        # What Optuna refuses, it has to refuse on both sides.
        return {"error": type(error).__name__, "trials": []}
    return {"error": None, "trials": [facts(trial) for trial in study.trials]}


def serve(run):
    """Answers each line of names."""
    for line in sys.stdin:
        print(json.dumps({name: run(name) for name in json.loads(line)}), flush=True)


if __name__ == "__main__":
    serve(lambda name: run(name, int(sys.argv[1])))
