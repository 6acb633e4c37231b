"""A convolutional network on Fashion-MNIST, tuned with pruning.

    python fashion.py [--n-trials 50] [--epochs 5] [--subset 6000] [--n-jobs 1]

The networks are built and trained in C# with TorchSharp; Optuna's own sampler and pruner decide what is tried and what is
ended early. Where this process uses Python's torch too, add isolated=True to the objective.
"""

import argparse

import hpo_dotnet
import optuna
from optuna.trial import TrialState


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--n-trials", type=int, default=50)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--subset", type=int, default=None, help="use so many of the training images")
    parser.add_argument("--n-jobs", type=int, default=1)
    options = parser.parse_args()

    study = optuna.create_study(
        direction="maximize",
        sampler=optuna.samplers.TPESampler(seed=0),
        pruner=optuna.pruners.MedianPruner(n_startup_trials=5, n_warmup_steps=1),
    )
    # The course's table as a first guess; the search goes on from there.
    study.enqueue_trial({"learning_rate": 1e-3, "batch_size": 100, "batch_norm": True, "activation": "ReLU"})
    settings = {"epochs": options.epochs, "subset": options.subset}
    study.optimize(hpo_dotnet.objective("fashion", **settings), n_trials=options.n_trials, n_jobs=options.n_jobs)

    count = {state: len(study.get_trials(states=(state,))) for state in (TrialState.COMPLETE, TrialState.PRUNED)}
    print(f"{count[TrialState.COMPLETE]} complete, {count[TrialState.PRUNED]} pruned")
    print(f"best on the validation images: {study.best_value:.4f} with {study.best_params}")

    # Once, at the end: the test images, after training on all others.
    test = hpo_dotnet.objective("fashion", **settings, score="test")
    print(f"on the test images: {test(study.best_trial):.4f}")


if __name__ == "__main__":
    main()
