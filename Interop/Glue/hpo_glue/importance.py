"""How much each parameter matters."""

from __future__ import annotations

from typing import Any, Callable

import optuna


def param_importances(
    study: Any,
    evaluator: Any,
    params: list[str] | None,
    target: Callable[[Any], float] | None,
    normalize: bool,
) -> dict:
    importances = optuna.importance.get_param_importances(
        study, evaluator=evaluator, params=params, target=target, normalize=normalize
    )
    return {name: float(value) for name, value in importances.items()}
