"""The same studies as IdentityTests, in pure Python: what C#-driven studies must equal, trial by trial."""

import json
import sys
import warnings

import optuna

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)

GRID = {
    "x": [-4.0, 0.5, 3.0],
    "lr": [0.001, 0.01],
    "s": [0.25, 0.75],
    "n": [2, 32],
    "k": [5, 15],
    "c": ["red", "blue"],
}

SAMPLERS = {
    "random": lambda: optuna.samplers.RandomSampler(seed=7),
    "tpe": lambda: optuna.samplers.TPESampler(seed=7),
    "tpe-multivariate": lambda: optuna.samplers.TPESampler(
        seed=7, multivariate=True, group=True, n_startup_trials=5, constant_liar=True
    ),
    "grid": lambda: optuna.samplers.GridSampler(GRID, seed=7),
    "cmaes": lambda: optuna.samplers.CmaEsSampler(seed=7),
    "qmc": lambda: optuna.samplers.QMCSampler(seed=7, scramble=True),
    "nsgaii": lambda: optuna.samplers.NSGAIISampler(seed=7, population_size=8),
    "partial-fixed": lambda: optuna.samplers.PartialFixedSampler(
        {"x": 1.5}, optuna.samplers.RandomSampler(seed=7)
    ),
}

PRUNERS = {
    "median": lambda: optuna.pruners.MedianPruner(),
    "percentile": lambda: optuna.pruners.PercentilePruner(40.0, n_warmup_steps=1),
    "successive-halving": lambda: optuna.pruners.SuccessiveHalvingPruner(),
    "hyperband": lambda: optuna.pruners.HyperbandPruner(max_resource=5),
    "threshold": lambda: optuna.pruners.ThresholdPruner(upper=60.0),
    "patient": lambda: optuna.pruners.PatientPruner(optuna.pruners.MedianPruner(), 1),
    "nop": lambda: optuna.pruners.NopPruner(),
}


def value_of(trial):
    # Only operations that IEEE 754 rounds alike everywhere: no powers, no logarithms.
    x = trial.suggest_float("x", -10, 10)
    lr = trial.suggest_float("lr", 1e-5, 1e-1, log=True)
    s = trial.suggest_float("s", 0, 1, step=0.25)
    n = trial.suggest_int("n", 1, 100, log=True)
    k = trial.suggest_int("k", 0, 20, step=5)
    c = trial.suggest_categorical("c", ["red", "green", "blue"])
    value = (x - 2) * (x - 2) + lr * 100 + s + n * 0.125 + k * 0.5
    if c == "green":
        value += trial.suggest_float("only green", 0, 1)
    return value


def single(trial):
    value = value_of(trial)
    for step in range(5):
        trial.report(value + (trial.number % 3 - 1) * step * 4, step)
        if trial.should_prune():
            raise optuna.TrialPruned()
    return value


def multiple(trial):
    value = value_of(trial)
    return value, trial.params["k"] - trial.params["x"]


# Python holds True and 1 equal: Optuna never tries the second of them, and later versions never end for it.
BRUTE_FORCE_CHOICES = {"equal": [True, 1, 1.5, "1"], "distinct": [True, 0, 1.5, "1"]}


def brute_force(choices):
    def objective(trial):
        a = trial.suggest_categorical("a", choices)
        b = trial.suggest_int("b", 0, 2) if a == "1" else 0
        return b + trial.suggest_float("f", 0, 1, step=0.5)

    return objective


def facts(study):
    return [
        {
            "number": trial.number,
            "state": trial.state.name,
            "values": trial.values,
            "params": trial.params,
            "intermediate": sorted(trial.intermediate_values.items()),
        }
        for trial in study.trials
    ]


def run(name, n_trials):
    kind, _, rest = name.partition(":")
    if kind == "multi":
        study = optuna.create_study(
            directions=["minimize", "maximize"], sampler=SAMPLERS[rest]()
        )
        study.optimize(multiple, n_trials=n_trials)
    elif kind == "brute-force":
        study = optuna.create_study(sampler=optuna.samplers.BruteForceSampler(seed=7))
        study.optimize(brute_force(BRUTE_FORCE_CHOICES[rest]), n_trials=n_trials)
    else:
        sampler, _, pruner = rest.partition("/")
        study = optuna.create_study(
            study_name=name, sampler=SAMPLERS[sampler](), pruner=PRUNERS[pruner]()
        )
        study.optimize(single, n_trials=n_trials)
    return facts(study)


print(json.dumps({name: run(name, int(sys.argv[1])) for name in sys.argv[2:]}))
