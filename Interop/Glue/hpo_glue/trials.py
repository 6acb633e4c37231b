"""Trials: suggestions, reports, and frozen trials in both directions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import optuna
from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)
from optuna.trial import FixedTrial, FrozenTrial, TrialState


def suggest_float(
    trial: Any, name: str, low: float, high: float, step: float | None, log: bool
) -> float:
    return float(trial.suggest_float(name, low, high, step=step, log=log))


def suggest_int(trial: Any, name: str, low: int, high: int, step: int, log: bool) -> int:
    return int(trial.suggest_int(name, low, high, step=step, log=log))


def suggest_categorical(trial: Any, name: str, choices: list) -> int:
    """The index of the choice, so that C# hands out the caller's own value and type."""
    return index_of(trial.suggest_categorical(name, choices), choices)


def index_of(value: Any, choices: list) -> int:
    """``list.index`` that tells True from 1 and 1 from 1.0, and finds nan."""
    for index, choice in enumerate(choices):
        if choice is value:
            return index
    for index, choice in enumerate(choices):
        if type(choice) is type(value) and (choice == value or (choice != choice and value != value)):
            return index
    return choices.index(value)


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
    return {name: from_distribution(item) for name, item in trial.distributions.items()}


def datetime_start(trial: Any) -> str | None:
    return _time(trial.datetime_start)


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
        _time(trial.datetime_start),
        _time(trial.datetime_complete),
    ]


def thaw(facts: dict) -> FrozenTrial:
    """A trial for ``study.add_trial``."""
    return optuna.trial.create_trial(
        state=TrialState[facts["state"]],
        values=facts["values"],
        params=facts["params"],
        distributions={
            name: to_distribution(item) for name, item in facts["distributions"].items()
        },
        intermediate_values={step: value for step, value in facts["intermediate_values"]},
        user_attrs=facts["user_attrs"],
        system_attrs=facts["system_attrs"],
    )


def from_distribution(distribution: BaseDistribution) -> dict:
    if isinstance(distribution, CategoricalDistribution):
        return {"type": "categorical", "choices": plain(list(distribution.choices))}
    return {
        "type": "int" if isinstance(distribution, IntDistribution) else "float",
        "low": distribution.low,
        "high": distribution.high,
        "step": distribution.step,
        "log": distribution.log,
    }


def to_distribution(facts: dict) -> BaseDistribution:
    if facts["type"] == "categorical":
        return CategoricalDistribution(facts["choices"])
    if facts["type"] == "int":
        return IntDistribution(facts["low"], facts["high"], log=facts["log"], step=facts["step"])
    return FloatDistribution(facts["low"], facts["high"], log=facts["log"], step=facts["step"])


def plain(value: Any) -> Any:
    """The value in types that cross; what has none (such as a sampler's own objects) as its text."""
    if value is None or isinstance(value, (bool, str, bytes)):
        return value
    if isinstance(value, int):
        return value if -(2**63) <= value < 2**63 else str(value)
    if isinstance(value, float):
        return value
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    item = getattr(value, "item", None)  # a numpy scalar
    return plain(item()) if callable(item) else repr(value)


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
