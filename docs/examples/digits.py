"""A random forest on the handwritten digits, cross-validated: Bayesian search against the exhaustive grid.

    python digits.py [--n-trials 10] [--folds 5] [--n-jobs 1]

Only the objective is C#: a trial trains and scores the forest natively, and its two hyperparameters come from Optuna.
"""

import argparse
import time

import hpo_dotnet
import optuna

GRID = {"n_estimators": [1, 5, 10, 20, 50, 100, 200], "max_depth": [1, 5, 10, 20, 100]}


def search(title, objective, sampler, n_trials, n_jobs):
    """One study; gives the best trial's number of fits and accuracy."""
    study = optuna.create_study(direction="maximize", sampler=sampler)
    start = time.perf_counter()
    study.optimize(objective, n_trials=n_trials, n_jobs=n_jobs)
    seconds = time.perf_counter() - start
    print(f"{title}: {len(study.trials)} trials in {seconds:.1f} s, best {study.best_value:.4f} with {study.best_params}")
    return study


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n-trials", type=int, default=10)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--n-jobs", type=int, default=1)
    options = parser.parse_args()
    optuna.logging.set_verbosity(optuna.logging.WARNING)

    objective = hpo_dotnet.objective("digits", folds=options.folds)
    bayesian = search("Bayesian", objective, optuna.samplers.TPESampler(seed=0), options.n_trials, options.n_jobs)
    grid = search("exhaustive", objective, optuna.samplers.GridSampler(GRID), None, options.n_jobs)
    print(f"the Bayesian search is {100 * (grid.best_value - bayesian.best_value):.2f} points behind the exhaustive one")

    # Once, at the end: rows that no trial saw, after training on all others.
    test = hpo_dotnet.objective("digits", score="test")
    print(f"on unseen rows: {test(grid.best_trial):.4f}")


if __name__ == "__main__":
    main()
