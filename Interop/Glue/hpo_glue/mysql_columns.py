"""What fits into the columns of Optuna's tables, before the native MySQL storage is asked."""

from __future__ import annotations

from numbers import Integral
from typing import Any

import optuna

_LEAST_STEP, _GREATEST_STEP = -(2**31), 2**31 - 1


def name_of(given: Any) -> str:
    """A parameter's, attribute's or study's name: a whole number is its digits, as the RDBStorage's driver writes it."""
    if isinstance(given, str):
        return given
    if isinstance(given, Integral):
        return str(int(given))
    raise optuna.exceptions.StorageInternalError(
        f"{given!r} is no name: parameters, attributes and studies are named by a str, not by {type(given).__name__}."
    )


def step_of(given: Any) -> int:
    step = int(given)
    if not _LEAST_STEP <= step <= _GREATEST_STEP:
        raise optuna.exceptions.StorageInternalError(
            f"The step {step} does not fit into its column, an INTEGER from {_LEAST_STEP} to {_GREATEST_STEP}."
        )
    return step
