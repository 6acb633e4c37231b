"""Makes the study of the dashboard's benchmark, or adds one trial to it: dashboard.py make|add FILE TRIALS VALUES."""

import random
import sqlite3
import sys
from datetime import datetime, timedelta

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution, distribution_to_json

action, file, trials, values = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
NAME = "large"
SPACE = {
    "lr": FloatDistribution(1e-6, 1, log=True),
    "momentum": FloatDistribution(0, 1),
    "layers": IntDistribution(1, 8),
    "optimizer": CategoricalDistribution(["sgd", "adam", "rmsprop"]),
    "dropout": FloatDistribution(0, 0.5),
}
optuna.logging.set_verbosity(optuna.logging.WARNING)
url = f"sqlite:///{file}"


def curve(draw, number):
    level = draw.random()
    return [level + 3 / (step + 1) + draw.gauss(0, 0.02) for step in range(values if number % 3 else max(1, values // 5))]


def add():
    study = optuna.load_study(study_name=NAME, storage=url)
    for _ in range(trials):
        draw = random.Random()
        reports = curve(draw, 1)
        drawn = {"lr": 0.1, "momentum": draw.random(), "layers": 3, "optimizer": "adam", "dropout": 0.2}
        study.add_trial(
            optuna.trial.create_trial(
                value=reports[-1], params=drawn, distributions=SPACE, intermediate_values=dict(enumerate(reports))
            )
        )


def make():
    """One by one, 10,000 trials take minutes: these are the rows that Optuna writes."""
    study = optuna.create_study(study_name=NAME, storage=url)
    draw, begin = random.Random(1), datetime(2026, 1, 1)
    texts = {name: distribution_to_json(distribution) for name, distribution in SPACE.items()}
    with sqlite3.connect(file) as rows:
        for number in range(trials):
            key, start = number + 1, begin + timedelta(seconds=10 * number)
            reports, pruned = curve(draw, number), number % 3 == 0
            rows.execute(
                "INSERT INTO trials (trial_id, number, study_id, state, datetime_start, datetime_complete) VALUES (?, ?, ?, ?, ?, ?)",
                (key, number, study._study_id, "PRUNED" if pruned else "COMPLETE", str(start), str(start + timedelta(seconds=20))),
            )
            drawn = (10 ** draw.uniform(-6, 0), draw.random(), draw.randint(1, 8), draw.randrange(3), draw.random() / 2)
            rows.executemany(
                "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) VALUES (?, ?, ?, ?)",
                [(key, name, value, texts[name]) for name, value in zip(SPACE, drawn)],
            )
            rows.executemany(
                "INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type)"
                " VALUES (?, ?, ?, 'FINITE')",
                [(key, step, value) for step, value in enumerate(reports)],
            )
            if not pruned:
                rows.execute(
                    "INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES (?, 0, ?, 'FINITE')", (key, reports[-1])
                )


if action == "add":
    add()
else:
    make()
