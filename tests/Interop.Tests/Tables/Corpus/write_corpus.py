"""Writes the corpus: studies with everything that Optuna's tables can hold, and what Optuna itself reads of them.

    write_corpus.py URL EXPECTED.json

Run once with each version of Optuna and TZ=UTC; the files are checked in, so that all versions are tested everywhere.
"""

from __future__ import annotations

import datetime
import json
import math
import os
import sys
import tempfile
import warnings

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution, distribution_to_json
from optuna.trial import TrialState, create_trial

warnings.simplefilter("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)
VERSION = tuple(int(part) for part in optuna.__version__.split(".")[:2])
url, expected = sys.argv[1:]
storage = optuna.storages.RDBStorage(url)
# A step beyond 32 bits does not fit into MySQL's column.
LAST_STEP = 2**31 - 1 if url.startswith("mysql") else 2**31


def study(name: str, directions: tuple = ("minimize",), **arguments) -> optuna.Study:
    return optuna.create_study(study_name=name, storage=storage, directions=directions, **arguments)


def numbers() -> None:
    made = study("numbers")
    for value in (math.inf, -math.inf, -0.0, 1e300, 5e-324, 0.1):
        made.add_trial(create_trial(value=value))
    trial = made.ask()
    for step, value in ((0, math.nan), (1, math.inf), (2, -math.inf), (LAST_STEP, 1.5)):
        trial.report(value, step)
    trial.report(9.0, 0)  # The first report of a step counts.
    made.tell(trial, state=TrialState.PRUNED)
    made.tell(made.ask(), state=TrialState.FAIL)
    made.enqueue_trial({"x": 1.0}, user_attrs={"why": "a guess"})
    made.ask({"x": FloatDistribution(-1, 1)})
    made.ask({"y": FloatDistribution(0, 1)})


def parameters() -> None:
    made = study("parameters", ("maximize",))
    distributions = {
        "float": FloatDistribution(-1, 1),
        "log": FloatDistribution(1e-6, 1, log=True),
        "stepped": FloatDistribution(0, 1, step=0.25),
        "int": IntDistribution(-(2**40), 2**40),
        "int log": IntDistribution(1, 2**20, log=True),
        "int stepped": IntDistribution(0, 100, step=5),
        "choice": CategoricalDistribution([math.nan, math.inf, -math.inf, None, True, 1, 1.5, "1", "É \"\\ 🙂"]),
    }
    for index, choice in enumerate(distributions["choice"].choices):
        values = {"float": 0.5, "log": 1e-3, "stepped": 0.75, "int": 2**33 + index, "int log": 7, "int stepped": 15, "choice": choice}
        if index > 5:
            del values["log"]
        made.add_trial(create_trial(value=index, params=values, distributions={name: distributions[name] for name in values}))


def attributes() -> None:
    made = study("attributes")
    made.set_user_attr("é", {"deep": [[[None, True, 1, 1.5, "text"]]], "nan": [math.nan, math.inf]})
    made.set_user_attr("again", 1)
    made.set_user_attr("again", "another")
    trial = made.ask()
    for key, value in (("empty", ""), ("list", [1, 2.5, None]), ("again", 1), ("É", math.nan), ("again", [2]), ("long", "x" * 3000)):
        trial.set_user_attr(key, value)
    if VERSION >= (3, 3):
        from optuna import artifacts

        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "model.txt")
            with open(file, "w") as model:
                model.write("weights")
            store = artifacts.FileSystemArtifactStore(folder)
            artifacts.upload_artifact(artifact_store=store, file_path=file, study_or_trial=trial)
    made.tell(trial, 1.0)


def constraints() -> None:
    def violations(trial: optuna.trial.FrozenTrial) -> list:
        return [trial.params.get("x", 0.0) - 0.5, -1.0]

    sampler = optuna.samplers.NSGAIISampler(seed=0, population_size=4, constraints_func=violations)
    made = study("constraints", ("minimize", "maximize"), sampler=sampler)
    made.optimize(lambda trial: (trial.suggest_float("x", 0, 1), trial.suggest_float("y", 0, 1)), n_trials=12)
    if VERSION >= (5, 0):
        trial = made.ask()
        trial.set_constraint("cost", 0.5)
        made.tell(trial, [0.0, 0.0])


def retries() -> None:
    made = study("retries")
    lost = made.ask({"x": FloatDistribution(0, 1)})
    lost.set_user_attr("kept", True)
    retry = optuna.storages.RetryFailedTrialCallback(max_retry=2)
    for _ in range(2):
        made.tell(lost, state=TrialState.FAIL)
        retry(made, made.trials[lost.number])
        lost = made.ask({"x": FloatDistribution(0, 1)})
    made.tell(lost, 0.5)


def plain(found: optuna.trial.FrozenTrial) -> dict:
    return {
        "number": found.number,
        "state": found.state.name,
        "values": found.values,
        "params": found.params,
        "distributions": {name: distribution_to_json(kind) for name, kind in found.distributions.items()},
        "intermediate": sorted([step, float(value)] for step, value in found.intermediate_values.items()),
        "user_attrs": found.user_attrs,
        "system_attrs": found.system_attrs,
        "start": time(found.datetime_start),
        "complete": time(found.datetime_complete),
    }


def time(moment: datetime.datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


study("deleted before").add_trial(create_trial(value=1.0))
numbers()
parameters()
study("deleted between").add_trial(create_trial(value=1.0, user_attrs={"gone": True}))
attributes()
constraints()
retries()
for name in ("deleted before", "deleted between"):
    optuna.delete_study(study_name=name, storage=storage)
study("empty", ("maximize", "minimize", "maximize"))

fresh = optuna.storages.RDBStorage(url)  # without what the other one has in memory
with open(expected, "w") as file:
    json.dump(
        [
            {
                "name": each.study_name,
                "directions": [direction.name.lower() for direction in each.directions],
                "user_attrs": each.user_attrs,
                "trials": [plain(found) for found in fresh.get_all_trials(each._study_id)],
            }
            for each in fresh.get_all_studies()
        ],
        file,
        indent=1,
        ensure_ascii=False,
    )
    file.write("\n")
