"""C# objectives against the same in Python, in one process and in turn: python_host.py ASSEMBLY ROUNDS

Writes one JSON document: for each round, what a trial costs (one suggestion, in-memory storage, random sampling) in
microseconds of wall and of CPU time, and how many times as fast two threads are as one.
"""

import json
import sys
import time

import hpo_dotnet
import optuna

TRIALS = 500
BLOCKS = 8
BUSY_TRIALS = 8
MILLION_STEPS = 60
PYTHON_STEPS = 2_000_000


def in_python(trial):
    x = trial.suggest_float("x", -10, 10)
    return (x - 2) * (x - 2)


def burn_in_python(trial):
    x = trial.suggest_float("x", 0, 1)
    for _ in range(PYTHON_STEPS):
        x = 3.9 * x * (1 - x)
    return x


def run(objective, n_trials, n_jobs=1):
    """Seconds of wall and of CPU time."""
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
    wall, cpu = time.perf_counter(), time.process_time()
    study.optimize(objective, n_trials=n_trials, n_jobs=n_jobs)
    return time.perf_counter() - wall, time.process_time() - cpu


def cost_of_a_trial(in_csharp):
    """Microseconds in Python and in C#; which of the two begins changes from block to block."""
    sums = {in_python: [0.0, 0.0], in_csharp: [0.0, 0.0]}
    for block in range(BLOCKS):
        pair = (in_python, in_csharp) if block % 2 == 0 else (in_csharp, in_python)
        for objective in pair:
            wall, cpu = run(objective, TRIALS)
            sums[objective][0] += wall
            sums[objective][1] += cpu
    each = 1e6 / (BLOCKS * TRIALS)
    return {
        "python_wall": sums[in_python][0] * each,
        "csharp_wall": sums[in_csharp][0] * each,
        "python_cpu": sums[in_python][1] * each,
        "csharp_cpu": sums[in_csharp][1] * each,
    }


def speed_up(objective):
    one, _ = run(objective, BUSY_TRIALS)
    two, _ = run(objective, BUSY_TRIALS, n_jobs=2)
    return one / two


def main():
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    library = hpo_dotnet.load(sys.argv[1])
    trivial = library.objective("quadratic")
    busy = library.objective("burn", million_steps=MILLION_STEPS)
    cost_of_a_trial(trivial)  # warm: .NET compiles the hot methods again
    run(busy, 2)
    rounds = [
        {**cost_of_a_trial(trivial), "csharp_speed_up": speed_up(busy), "python_speed_up": speed_up(burn_in_python)}
        for _ in range(int(sys.argv[2]))
    ]
    print(json.dumps(rounds))


main()
