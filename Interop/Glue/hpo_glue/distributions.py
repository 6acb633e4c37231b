"""Distributions: across the border, to JSON and back, and compared."""

from __future__ import annotations

from typing import Any

from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
    check_distribution_compatibility,
    distribution_to_json,
    json_to_distribution,
)

from hpo_glue.values import index_of, plain, readable


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


def from_space(space: dict[str, BaseDistribution]) -> dict:
    return {readable(name): from_distribution(item) for name, item in space.items()}


def to_space(facts: dict) -> dict[str, BaseDistribution]:
    return {name: to_distribution(item) for name, item in facts.items()}


def to_json(facts: dict) -> str:
    return distribution_to_json(to_distribution(facts))


def from_json(text: str) -> dict:
    return from_distribution(json_to_distribution(text))


def check_compatibility(old: dict, new: dict) -> None:
    check_distribution_compatibility(to_distribution(old), to_distribution(new))


def single(facts: dict) -> bool:
    return to_distribution(facts).single()


def to_internal_repr(facts: dict, value: Any) -> float:
    return float(to_distribution(facts).to_internal_repr(_external(to_distribution(facts), value)))


def to_external_repr(facts: dict, value: float) -> Any:
    return plain(to_distribution(facts).to_external_repr(value))


def value_within(distribution: BaseDistribution, name: str, value: Any) -> Any:
    """A value that C# code chose, in the parameter's own type; ValueError where the range does not hold it."""
    try:
        value = _external(distribution, value)
        is_contained = distribution._contains(distribution.to_internal_repr(value))
    except (TypeError, ValueError):
        is_contained = False
    if not is_contained:
        raise ValueError(f"The sampler chose {value!r} for the parameter '{name}', which is not in {distribution}.")
    return value


def _external(distribution: BaseDistribution, value: Any) -> Any:
    if isinstance(distribution, CategoricalDistribution):
        return distribution.choices[index_of(value, list(distribution.choices))]
    if isinstance(distribution, IntDistribution):
        if value != int(value):
            raise ValueError(f"{value!r} is no integer.")
        return int(value)
    return float(value)
