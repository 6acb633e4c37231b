"""The studies of LongStudyTests in pure Python: workers, sampler, pruner, objectives and sizes by their names.

A study goes on where an earlier one of as many trials as it is told has ended. With two workers each has a sampler and a study
of its own; they take turns, also in the midst of a trial.
"""

import functools
import itertools
import tempfile

import optuna
from matrix import PRUNERS, constraints, facts, read_spaces, running_scores, serve
from optuna.trial import TrialState

SEED = 11
# The logarithmic parameter is the first one by name: numpy's exp of one of the later columns of candidates may end in another bit
# where its result happens to lie right behind them in memory (numpy 1.24 with AVX-512), and Optuna with the same seed is not the same.
SPACES = read_spaces("long.json")
GRID = {
    "kind": ["linear", "tree", "forest"],
    "x": [-9.0, -2.5, 0.0, 4.5],
    "alpha": [0.001, 0.03, 1.0],
    "leaf": [0.25, 1.0, 2.0],
    "n": [1, 50, 99],
    "depth": [2, 8],
}

# What Optuna's versions have different defaults for is given, so that each version runs each kind.
SAMPLERS = {
    "tpe": functools.partial(optuna.samplers.TPESampler, multivariate=False, constant_liar=False),
    "tpe multivariate": functools.partial(optuna.samplers.TPESampler, multivariate=True, constant_liar=False),
    "tpe group": functools.partial(optuna.samplers.TPESampler, multivariate=True, group=True, constant_liar=False),
    "tpe liar": functools.partial(optuna.samplers.TPESampler, multivariate=False, constant_liar=True),
    "tpe constraints": functools.partial(
        optuna.samplers.TPESampler, multivariate=False, constant_liar=False, constraints_func=constraints
    ),
    "grid": functools.partial(optuna.samplers.GridSampler, GRID),
    "brute force": optuna.samplers.BruteForceSampler,
    "nsgaii": optuna.samplers.NSGAIISampler,
    "nsgaii constraints": functools.partial(optuna.samplers.NSGAIISampler, constraints_func=constraints),
    "random": optuna.samplers.RandomSampler,
}

# Whose turn it is.
TURNS = [0, 0, 1, 0, 1, 1, 1, 0, 1, 1]


def space_of(sampler):
    return "finite" if sampler == "brute force" else "mixed"


def directions(objectives):
    return ["minimize"] if objectives == "single" else ["minimize", "maximize"]


@functools.cache
def earlier_trials(sampler, space, objectives, count):
    study = optuna.create_study(directions=directions(objectives), sampler=SAMPLERS[sampler](seed=SEED))
    for _ in range(count):
        trial = study.ask()
        for _ in steps(study, trial, SPACES[space], lambda step: trial.number % 9 == step):
            pass
    return study.trials


def steps(study, trial, space, is_pruned):
    """Runs a trial, with a stop wherever another one may go on."""
    first, second = 0.0, 0.0
    for first, second in running_scores(trial, space):
        yield
    if trial.number % 17 == 5:
        study.tell(trial, state=TrialState.FAIL)
        return
    if len(study.directions) > 1:
        study.tell(trial, [first, second])
        return
    for step in range(1, 5):
        trial.report(first + (trial.number % 3 - 1) * step, step)
        yield
        if is_pruned(step):
            study.tell(trial, state=TrialState.PRUNED)
            return
    study.tell(trial, first)


def take_turns(studies, space, count):
    """Each worker runs a trial at a time. Some trials are left alone before they report, as by a worker that was killed."""
    running = [None] * len(studies)
    begun = 0
    for turn in itertools.count():
        if begun == count and not any(running):
            return
        worker = TURNS[turn % len(TURNS)] % len(studies)
        if running[worker] is None:
            if begun == count:
                continue
            trial = studies[worker].ask()
            begun += 1
            running[worker] = steps(studies[worker], trial, space, lambda _, trial=trial: trial.should_prune())
            if trial.number % 23 == 0:
                running[worker] = itertools.islice(running[worker], 3)
        elif next(running[worker], "ended") == "ended":
            running[worker] = None


def run(name):
    workers, sampler, pruner, objectives, sizes = name.split("/")
    added, count = map(int, sizes.split("+"))
    # Those that look at more than parameters and values find it in the trials.
    earlier = "nsgaii constraints" if sampler.startswith("nsgaii") or "constraints" in sampler else "random"
    with tempfile.TemporaryDirectory() as folder:
        storage = optuna.storages.InMemoryStorage() if workers != "two in sqlite" else f"sqlite:///{folder}/studies.db"
        studies = [
            optuna.create_study(
                study_name=name,
                storage=storage,
                load_if_exists=True,
                directions=directions(objectives),
                sampler=SAMPLERS[sampler](seed=SEED + worker),
                pruner=PRUNERS[pruner](),
            )
            for worker in range(1 if workers == "one" else 2)
        ]
        error = None
        try:
            studies[0].add_trials(earlier_trials(earlier, space_of(sampler), objectives, added))
            take_turns(studies, SPACES[space_of(sampler)], count)
        except Exception as raised:
            error = type(raised).__name__
        return {"error": error, "trials": [facts(trial) for trial in studies[0].trials]}


if __name__ == "__main__":
    serve(run)
