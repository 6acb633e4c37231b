"""Writes optuna.json: what Optuna 3.1 itself says of some studies, and the studies as the pages get them.

    /usr/bin/python3 tests/javascript/optuna_oracle.py
"""

import json
import math
import warnings
from pathlib import Path

import numpy
import optuna
from optuna._hypervolume import WFG
from optuna.visualization._edf import _get_edf_info
from optuna.visualization._optimization_history import _get_optimization_history_info_list

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)


def word(number):
    """A number as the snapshot writes it."""
    return number if math.isfinite(number) else {"inf": "Infinity", "-inf": "-Infinity", "nan": "NaN"}[str(number)]


def snapshot(study):
    names = list(dict.fromkeys(name for trial in study.trials for name in trial.distributions))
    kinds = {name: trial.distributions[name] for trial in reversed(study.trials) for name in trial.distributions}
    return {
        "name": study.study_name,
        "storage": "sqlite:///study.db",
        "takenAt": 0,
        "objectives": [{"name": f"Objective {i}", "direction": direction.name.lower()} for i, direction in enumerate(study.directions)],
        "parameters": [
            {"name": name, "kind": "float", "log": kinds[name].log, "low": kinds[name].low, "high": kinds[name].high}
            for name in names
        ],
        "trials": [
            {
                "number": trial.number,
                "state": trial.state.name,
                **({"values": [word(value) for value in trial.values]} if trial.values else {}),
                "params": [trial.params.get(name) for name in names],
                "intermediate": [[step, word(value)] for step, value in trial.intermediate_values.items()],
                "feasible": True,
            }
            for trial in study.trials
        ],
        "best": [trial.number for trial in study.best_trials],
        "importance": {"evaluators": [], "trials": 0, "leftOut": []},
        "userAttrs": {},
    }


def single(direction):
    def objective(trial):
        x = trial.suggest_float("x", -5, 5)
        y = trial.suggest_float("y", 1e-3, 10, log=True)
        trial.report(x, 0)
        if trial.number % 7 == 3:
            raise optuna.TrialPruned
        return math.inf if trial.number == 11 else round(x * x + y, 2 if trial.number % 2 else 12)

    study = optuna.create_study(study_name=direction, direction=direction, sampler=optuna.samplers.RandomSampler(seed=3))
    study.optimize(objective, n_trials=60)
    # The page leaves out what is not finite, which Optuna's plots count in.
    finite = optuna.create_study(direction=direction)
    trials = [trial for trial in study.trials if trial.number != 11]
    finite.add_trials(trials)
    lines = _get_edf_info([finite])
    (history,) = _get_optimization_history_info_list(finite, None, "value", False)
    complete = finite.trials_dataframe().query("state == 'COMPLETE'").set_index("number")
    ranks = complete["value"].rank(method="first", ascending=direction == "minimize")
    return {
        "study": snapshot(study),
        "edf": {"x": lines.x_values.tolist(), "share": lines.lines[0].y_values.tolist()},
        "best_values": history.best_values_info.values,
        # A copied trial has another number.
        "ranks": {trials[copy].number: int(rank) for copy, rank in ranks.items()},
    }


def several(directions):
    def objective(trial):
        values = [trial.suggest_float(f"x{i}", 0, 1) for i in range(len(directions))]
        return [value + sum(values) / 3 for value in values]

    study = optuna.create_study(study_name="several", directions=directions, sampler=optuna.samplers.RandomSampler(seed=5))
    study.optimize(objective, n_trials=40)
    signs = numpy.array([1 if direction == "minimize" else -1 for direction in directions])
    losses = numpy.array([trial.values for trial in study.trials]) * signs
    reference = losses.max(axis=0) + 0.1 * (losses.max(axis=0) - losses.min(axis=0))
    return {
        "study": snapshot(study),
        "reference": (reference * signs).tolist(),
        "hypervolumes": [WFG().compute(losses[: i + 1], reference) for i in range(len(losses))],
    }


figures = {
    "optuna": optuna.__version__,
    "single": [single("minimize"), single("maximize")],
    "several": [several(["minimize", "maximize"]), several(["maximize", "minimize", "minimize"])],
}
Path(__file__).with_name("optuna.json").write_text(json.dumps(figures, allow_nan=False) + "\n")
