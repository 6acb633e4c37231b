"""What the native MySQL storage knows of trials: kept up to date by each change, and by what others have changed."""

from __future__ import annotations

import copy
import json
import time
from typing import Any, Callable, Container

from optuna.study import StudyDirection
from optuna.trial import FrozenTrial, TrialState

from hpo_glue.mysql_studies import MySqlStudies, no_study
from hpo_glue.mysql_trials import Look, StudyTrials, from_row
from hpo_glue.retry import with_retries

_LOOKED_AT_NOTHING, _, _LOOKED_AT_ALL = range(3)
# How long at least, and how long at most, what came with a change may be used.
_SHORTEST_FRESH_SECONDS, _LONGEST_FRESH_SECONDS = 250e-6, 0.1

# The storage of this process that changed something last.
_last_writer: Any = None


class MySqlReads(MySqlStudies):
    """The part of the storage that reads trials.

    :param functions: The native storage's functions.
    """

    def __init__(self, functions: dict[str, Callable[..., Any]]) -> None:
        super().__init__(functions)
        self._studies: dict[int, StudyTrials] = {}
        self._study_of: dict[int, int] = {}

    def forget_study(self, study_id: int) -> None:
        super().forget_study(study_id)
        self._studies.pop(study_id, None)

    def get_trial(self, trial_id: int) -> FrozenTrial:
        study_id = self._study_of.get(trial_id)
        if study_id is not None:
            trials = self._trials_of(study_id)
            known = trials.by_id.get(trial_id)
            if known is not None and (known.state.is_finished() or trial_id in trials.own):
                return known
        return self._read_trial(trial_id)

    def get_all_trials(
        self, study_id: int, deepcopy: bool = True, states: Container[TrialState] | None = None
    ) -> list[FrozenTrial]:
        # Who takes copies is a user; samplers and pruners do not.
        if deepcopy:
            return copy.deepcopy(self.read_now(study_id, states))
        return self._read_trials(study_id, states, _is_running_wanted(states), at_pace=True)

    def read_now(self, study_id: int, states: Container[TrialState] | None = None) -> list[FrozenTrial]:
        """The trials with all that anybody has written before this call; not copies."""
        return self._read_trials(study_id, states, _is_running_wanted(states))

    def read_finished(self, study_id: int) -> list[FrozenTrial]:
        """All trials; what others' running ones do meanwhile may be missing. For those who want finished ones only."""
        return self._read_trials(study_id, None, with_running=False, at_pace=True)

    def get_n_trials(self, study_id: int, state: Any = None) -> int:
        states = (state,) if isinstance(state, TrialState) else state
        return len(self.read_now(study_id, states))

    def get_best_trial(self, study_id: int) -> FrozenTrial:
        directions = self._facts_of(study_id)[1]
        if len(directions) > 1:
            raise RuntimeError("Best trial can be obtained only for single-objective optimization.")
        trials = self._refresh(study_id, with_running=False)
        with trials.lock:
            best = trials.best(directions[0] == StudyDirection.MAXIMIZE)
        if best is None:
            raise ValueError("No trials are completed yet.")
        return best

    def get_trial_id_from_study_id_trial_number(self, study_id: int, trial_number: int) -> int:
        trials = self._trials_of(study_id)
        with trials.lock:
            known = trials.numbered(trial_number)
        trial_id = known._trial_id if known is not None else self._call("find_trial", study_id, trial_number)
        if trial_id is None:
            raise KeyError(f"No trial with trial number {trial_number} exists in study with study_id {study_id}.")
        return trial_id

    # --- for those who change trials

    def _change(self, study_id: int, trials: StudyTrials, function: str, *arguments: Any) -> list:
        """Makes a change, and reads with it what else has changed in the study, unless another thread just reads that."""
        global _last_writer
        with_look = trials.lock.acquire(blocking=False)
        begin = time.perf_counter()
        try:
            outcome = self._ask(function, *arguments, with_look)
            end = time.perf_counter()
            trials.pace.step(end)
            _last_writer = self
            if with_look:
                if outcome[1] is not None:
                    self._apply_changes(study_id, trials, outcome[1])
                if outcome[2] != _LOOKED_AT_NOTHING:
                    trials.looked = Look(end, end - begin, outcome[2] == _LOOKED_AT_ALL)
        finally:
            if with_look:
                trials.lock.release()
        return outcome

    def _trials_of(self, study_id: int) -> StudyTrials:
        known = self._studies.get(study_id)
        return known if known is not None else self._studies.setdefault(study_id, StudyTrials())

    def _read_trials(
        self, study_id: int, states: Container[TrialState] | None, with_running: bool, at_pace: bool = False
    ) -> list[FrozenTrial]:
        trials = self._refresh(study_id, with_running, at_pace)
        with trials.lock:
            return list(trials.view(states))

    def _refresh(self, study_id: int, with_running: bool, at_pace: bool = False) -> StudyTrials:
        """Asks the server what has changed; ``at_pace``, only where what came with the last change is too old."""
        trials = self._trials_of(study_id)
        if not (at_pace and _last_writer is self and _is_fresh(trials, with_running)):
            with_retries(self._refresh_once, study_id, trials, with_running)
        return trials

    def _refresh_once(self, study_id: int, trials: StudyTrials, with_running: bool) -> None:
        with trials.lock:
            changes = self._ask("read_changes", study_id, with_running)
            if changes is None:
                return
            if changes is False:
                raise no_study(study_id)
            self._apply_changes(study_id, trials, changes)

    def _apply_changes(self, study_id: int, trials: StudyTrials, changes: str) -> None:
        for trial_id in trials.apply(changes):
            self._study_of[trial_id] = study_id

    def _read_trial(self, trial_id: int) -> FrozenTrial:
        found = self._call("read_trial", trial_id)
        if found is None:
            raise no_trial(trial_id)
        self._study_of[trial_id] = found[0]
        return from_row(json.loads(found[1]))


def _is_fresh(trials: StudyTrials, with_running: bool) -> bool:
    """Whether what came with the last change will do for a sampler or a pruner, on a slow machine or way as on a quick one.

    It may on any thread for as long as the change has taken, or as lies between the changes that its thread works between: a
    quicker one would have read then.
    """
    look = trials.looked
    if with_running and not look.has_all:
        return False
    seconds = max(look.seconds, trials.pace.seconds, _SHORTEST_FRESH_SECONDS)
    return time.perf_counter() - look.at < min(seconds, _LONGEST_FRESH_SECONDS)


def _is_running_wanted(states: Container[TrialState] | None) -> bool:
    return states is None or TrialState.RUNNING in states


def no_trial(trial_id: int) -> KeyError:
    return KeyError(f"There is no trial with trial_id {trial_id}.")
