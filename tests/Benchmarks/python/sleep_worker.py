"""A worker whose trials sleep: python sleep_worker.py FOLDER WORKERS TRIALS MILLISECONDS [STUDY]

Without a study it only sleeps. All workers begin together, once each of them is ready; each writes its times to FOLDER.
"""

import json
import os
import sys
import time
from pathlib import Path

begun = time.time()
folder, workers, trials, seconds = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]) / 1000
study = None
if len(sys.argv) > 5:
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.load_study(study_name=sys.argv[5], storage=os.environ["OPTUNA_STORAGE"])

(folder / f"ready-{os.getpid()}").touch()
while len(list(folder.glob("ready-*"))) < workers:
    time.sleep(0.02)


def objective(trial):
    x = trial.suggest_float("x", -10, 10)
    time.sleep(seconds)
    return x * x


started = time.time()
if study is not None:
    study.sampler = optuna.samplers.RandomSampler()
    study.optimize(objective, n_trials=trials)
else:
    for _ in range(trials):
        time.sleep(seconds)
times = {"begun": begun, "started": started, "ended": time.time()}
(folder / f"times-{os.getpid()}.json").write_text(json.dumps(times))
