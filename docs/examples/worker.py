"""A worker of a study that many processes share.

    ParallelLauncher worker.py --num_parallel 2 --study distributed-example --storage mysql://user@host/example \\
        --direction maximize --total-trials 20

The launcher creates the study and hands it over in the environment. Workers in C# may run on the same study.
"""

import os

import hpo_dotnet
import optuna

seed, total = os.environ.get("HPO_SEED"), os.environ.get("HPO_TOTAL_TRIALS")
study = optuna.load_study(
    study_name=os.environ.get("HPO_STUDY", "distributed-example"),
    storage=os.environ["OPTUNA_STORAGE"],
    sampler=optuna.samplers.TPESampler(seed=seed and int(seed)),
)
with hpo_dotnet.total_trials(study, total and int(total)):  # exact, over all workers
    study.optimize(hpo_dotnet.objective("digits"), n_trials=None if total else 10)
print(f"{len(study.trials)} trials, best {study.best_value:.4f}")
