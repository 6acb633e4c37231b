"""Optuna's HyperbandPruner, whose brackets do not go through all trials for each decision."""

from __future__ import annotations

import copy
import threading
from typing import Any

from optuna import pruners

from hpo_glue.sampling.successive_halving import SuccessiveHalvingPruner

IS_KNOWN = hasattr(pruners.HyperbandPruner, "_try_initialization") and {
    "_pruners",
    "_trial_allocation_budgets",
    "_min_resource",
    "_reduction_factor",
    "_bootstrap_count",
} <= vars(pruners.HyperbandPruner()).keys()

_lock = threading.Lock()


class HyperbandPruner(pruners.HyperbandPruner):
    """As Optuna's, in a fraction of its time."""

    def _try_initialization(self, study: Any) -> None:
        # A bracket is remembered by trial number: that has to be all that it depends on.
        if not IS_KNOWN or type(self)._get_bracket_id is not pruners.HyperbandPruner._get_bracket_id:
            super()._try_initialization(study)
            return
        with _lock:
            if not self._pruners:
                self._make_brackets(study)

    def _make_brackets(self, study: Any) -> None:
        # They appear all at once: no other thread may come upon half of them.
        made = copy.copy(self)
        made._pruners, made._trial_allocation_budgets = [], []
        super(HyperbandPruner, made)._try_initialization(study)
        made._pruners = [
            SuccessiveHalvingPruner(
                min_resource=self._min_resource,
                reduction_factor=self._reduction_factor,
                min_early_stopping_rate=bracket_id,
                bootstrap_count=self._bootstrap_count,
            )
            for bracket_id in range(len(made._pruners))
        ]
        vars(self).update(vars(made))
