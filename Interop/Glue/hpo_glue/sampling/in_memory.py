"""Optuna's storage in memory, which need not go through all trials for those that wait. Before Optuna 5.0 that is what every new
trial begins with."""

from __future__ import annotations

import copy
from typing import Any

from optuna import storages
from optuna.trial import FrozenTrial, TrialState

_WAITING = (TrialState.WAITING,)


class InMemoryStorage(storages.InMemoryStorage):
    """As Optuna's, with an answer in a fraction of its time to what waits."""

    _is_known = {"_studies", "_lock"} <= vars(storages.InMemoryStorage()).keys() and hasattr(storages.InMemoryStorage, "_check_study_id")

    def __init__(self) -> None:
        super().__init__()
        # Of each study: how many trials were looked at, and which of these wait. A trial waits from its start or never.
        self._waiting: dict[int, tuple[int, list[int]]] = {}

    def get_all_trials(self, study_id: int, deepcopy: bool = True, states: Any = None) -> list[FrozenTrial]:
        if states != _WAITING:
            return super().get_all_trials(study_id, deepcopy, states)
        with self._lock:
            self._check_study_id(study_id)
            trials = self._studies[study_id].trials
            seen, before = self._waiting.get(study_id, (0, []))
            numbers = [number for number in [*before, *range(seen, len(trials))] if trials[number].state is TrialState.WAITING]
            self._waiting[study_id] = len(trials), numbers
            waiting = [trials[number] for number in numbers]
            return copy.deepcopy(waiting) if deepcopy else waiting
