"""Optuna's SuccessiveHalvingPruner, which does not go through all trials for each decision, and decides the same."""

from __future__ import annotations

import math
from array import array
from typing import Any

import numpy
from optuna import pruners
from optuna.pruners import _successive_halving
from optuna.study import StudyDirection
from optuna.trial import FrozenTrial, TrialState

from hpo_glue.sampling.brackets import are_within, is_bracket, whole
from hpo_glue.sampling.history import History, history_of, trials_of

_RUNG = "completed_rung_"
_FEW = 100  # trials, among which Optuna decides as quickly
IS_KNOWN = (
    {"_get_current_rung", "_completed_rung_key"} <= vars(_successive_halving).keys()
    and _successive_halving._completed_rung_key(7) == f"{_RUNG}7"
    and {"_min_resource", "_reduction_factor", "_min_early_stopping_rate", "_bootstrap_count"}
    <= vars(pruners.SuccessiveHalvingPruner()).keys()
)


class _Values:
    """With the numbers of the trials that they belong to."""

    def __init__(self) -> None:
        self._values = array("d")
        self._numbers = array("q")

    def add(self, trial: FrozenTrial, rung_key: str) -> None:
        self._values.append(trial.system_attrs[rung_key])
        self._numbers.append(trial.number)

    def within(self, study: Any) -> numpy.ndarray:
        """Those of the trials that the study shows."""
        values = numpy.array(self._values)
        return values[are_within(study, numpy.array(self._numbers))] if is_bracket(study) else values


class _Rungs(History):
    """The values with which finished trials have completed each rung."""

    def __init__(self) -> None:
        super().__init__()
        self.forget()

    def forget(self) -> None:
        super().forget()
        self.last_step: int | None = None
        self._values: dict[str, _Values] = {}

    def add(self, place: int, trial: FrozenTrial) -> None:
        if trial.state is TrialState.COMPLETE and trial.intermediate_values:
            self.last_step = max(trial.last_step, -math.inf if self.last_step is None else self.last_step)
        for key in trial.system_attrs:
            if key.startswith(_RUNG):
                self._values.setdefault(key, _Values()).add(trial, key)

    def competing(self, study: Any, trials: list[FrozenTrial], rung_key: str) -> numpy.ndarray:
        """The values of all other trials of a rung."""
        unfinished = _Values()
        for _, trial in self.unfinished(trials):
            if rung_key in trial.system_attrs:
                unfinished.add(trial, rung_key)
        finished = self._values.get(rung_key, _Values())
        return numpy.concatenate([finished.within(study), unfinished.within(study)])


class SuccessiveHalvingPruner(pruners.SuccessiveHalvingPruner):
    """As Optuna's, in a fraction of its time."""

    def prune(self, study: Any, trial: FrozenTrial) -> bool:
        if not IS_KNOWN or trial.number < _FEW or self._min_resource is None and is_bracket(study):
            return super().prune(study, trial)
        step = trial.last_step
        if step is None:
            return False
        value = trial.intermediate_values[step]
        rung = _successive_halving._get_current_rung(trial)
        study_of_all = whole(study)
        trials: list[FrozenTrial] | None = None
        while True:
            if self._min_resource is None:
                trials = trials_of(study_of_all, with_running=True)
                self._min_resource = _min_resource(study, trials)
                if self._min_resource is None:
                    return False
            if step < self._min_resource * self._reduction_factor ** (self._min_early_stopping_rate + rung):
                return False
            if math.isnan(value):
                return True
            if trials is None:
                trials = trials_of(study_of_all, with_running=True)
            rung_key = _successive_halving._completed_rung_key(rung)
            study._storage.set_trial_system_attr(trial._trial_id, rung_key, value)
            rungs = history_of(study_of_all, _Rungs)
            with rungs.lock:
                rungs.follow(trials)
                others = rungs.competing(study, trials, rung_key)
            if len(others) < self._bootstrap_count or not self._is_promotable(value, others, study):
                return True
            rung += 1

    def _is_promotable(self, value: float, others: numpy.ndarray, study: Any) -> bool:
        """As Optuna decides it, without sorting: among as many trials as are promoted fewer are better."""
        is_better = others > value if study.direction == StudyDirection.MAXIMIZE else others < value
        return numpy.count_nonzero(is_better) < max((len(others) + 1) // self._reduction_factor, 1)


def _min_resource(study: Any, trials: list[FrozenTrial]) -> int | None:
    rungs = history_of(study, _Rungs)
    with rungs.lock:
        rungs.follow(trials)
        return None if rungs.last_step is None else max(rungs.last_step // 100, 1)
