"""A number of trials for a whole study."""

from __future__ import annotations

import importlib
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from hpo_dotnet import _host

if TYPE_CHECKING:
    from optuna.study import Study


@contextmanager
def total_trials(study: Study, total: int | None) -> Generator[None, None, None]:
    """Ends ``study.optimize`` when the study has ``total`` trials, exactly, over all processes that keep to it.

    Complete, pruned and running trials count; a failed one is replaced. Workers in C# keep to the same number, which a
    launcher hands to each as ``HPO_TOTAL_TRIALS``. Optuna's ``MaxTrialsCallback`` overshoots by the trials in flight.

    :param total: The number, or None for no limit.
    """
    _host.host()  # brings the bridge's Python side, which C# workers count with
    budget: Any = importlib.import_module("hpo_glue.budget")
    try:
        with budget.limit_total_trials(study, total):
            yield
    except budget.BudgetSpent:
        study._storage.remove_session()  # pyright: ignore[reportPrivateUsage]
