"""Trials: suggestions, reports, and frozen trials in both directions."""

from __future__ import annotations

from typing import Any

import optuna
from optuna.trial import FixedTrial, FrozenTrial, TrialState

from hpo_glue import features
from hpo_glue.distributions import from_space, to_space
from hpo_glue.values import index_of, plain, time_of, time_text


def suggest_float(
    trial: Any, name: str, low: float, high: float, step: float | None, log: bool
) -> float:
    return float(trial.suggest_float(name, low, high, step=step, log=log))


def suggest_int(trial: Any, name: str, low: int, high: int, step: int, log: bool) -> int:
    return int(trial.suggest_int(name, low, high, step=step, log=log))


def suggest_categorical(trial: Any, name: str, choices: list) -> int:
    """The index of the choice, so that C# hands out the caller's own value and type."""
    return index_of(trial.suggest_categorical(name, choices), choices)


def report(trial: Any, value: float, step: int) -> None:
    trial.report(value, step)


def should_prune(trial: Any) -> bool:
    return bool(trial.should_prune())


def set_user_attr(owner: Any, key: str, value: Any) -> None:
    """Of a trial or of a study."""
    owner.set_user_attr(key, value)


def user_attrs(owner: Any) -> dict:
    return plain(owner.user_attrs)


def params(trial: Any) -> dict:
    return plain(trial.params)


def distributions(trial: Any) -> dict:
    return from_space(trial.distributions)


def number(trial: Any) -> int:
    return int(trial.number)


def datetime_start(trial: Any) -> str | None:
    return time_text(trial.datetime_start)


def relative_params(trial: Any) -> dict:
    return plain(features.member(trial, "relative_params"))


def set_constraint(trial: Any, key: str, value: float) -> None:
    features.member(trial, "set_constraint")(key, value)


def constraints(trial: Any) -> dict:
    return plain(dict(features.member(trial, "constraints")))


def fixed_trial(values: dict, number: int) -> FixedTrial:
    return FixedTrial(values, number=number)


def freeze(trial: FrozenTrial) -> list:
    return [
        trial.number,
        trial.state.name,
        None if trial.values is None else [float(value) for value in trial.values],
        plain(trial.params),
        distributions(trial),
        [[step, float(value)] for step, value in sorted(trial.intermediate_values.items())],
        plain(trial.user_attrs),
        plain(trial.system_attrs),
        time_text(trial.datetime_start),
        time_text(trial.datetime_complete),
    ]


def thaw(facts: dict) -> FrozenTrial:
    """A trial for ``study.add_trial``. Times that it has stay; else Optuna's ``create_trial`` sets them."""
    trial = optuna.trial.create_trial(
        state=TrialState[facts["state"]],
        values=facts["values"],
        params=facts["params"],
        distributions=to_space(facts["distributions"]),
        intermediate_values={step: value for step, value in facts["intermediate_values"]},
        user_attrs=facts["user_attrs"],
        system_attrs=facts["system_attrs"],
    )
    trial.datetime_start = time_of(facts.get("datetime_start")) or trial.datetime_start
    trial.datetime_complete = time_of(facts.get("datetime_complete")) or trial.datetime_complete
    return trial


def numbered(facts: dict, number: int) -> FrozenTrial:
    trial = thaw(facts)
    trial.number = number
    return trial


def create_trial(facts: dict) -> list:
    return freeze(thaw(facts))
