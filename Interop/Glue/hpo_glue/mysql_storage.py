"""Optuna's storage over the native MySQL storage: the same tables, in a fraction of the time.

The C# side talks to the server; it decides what is read, and hands over only what has changed. Here the trials are kept
as Optuna's objects, and Optuna's own rules decide about distributions and errors.
"""

from __future__ import annotations

import json
import os
import weakref
from datetime import datetime
from typing import Any, Callable, Sequence

import optuna
from optuna.distributions import (
    BaseDistribution,
    check_distribution_compatibility,
    distribution_to_json,
)
from optuna.storages._heartbeat import BaseHeartbeat
from optuna.trial import FrozenTrial, TrialState

from hpo_glue.errors import BudgetSpent
from hpo_glue.mysql_columns import name_of, step_of
from hpo_glue.mysql_reads import MySqlReads, no_trial
from hpo_glue.mysql_studies import no_study
from hpo_glue.mysql_templates import facts_of_trial, template
from hpo_glue.mysql_trials import StudyTrials, distribution_of, replaced
from hpo_glue.retry import is_retry, open_with_retries, with_rare_retries
from hpo_glue.stale_trials import expect_others
from hpo_glue.stored_forms import StoredForms, column_text
from hpo_glue.times import now
from hpo_glue.trial_owner import KEY, is_launched, new_claim, new_owner
from hpo_glue.worker_limits import limited, limits_of

_DONE, _NOT_NEEDED, _NO_TRIAL, _IS_FINISHED, _BEYOND_LIMIT, _NO_STUDY = range(6)
_FIRST_INDEXED = (3, 2)  # the Optuna whose tables have an index on a trial's study
_REVISIONS = ("v3.0.0.d", "v3.2.0.a")
_FIRST_THAT_KEEPS = (4, 1)  # the Optuna that leaves a trial's parameter what it is where it is set again
_VERSION = tuple(int(part) for part in optuna.__version__.split(".")[:2])
_USER, _SYSTEM = False, True


class MySqlStorage(MySqlReads, BaseHeartbeat):
    """
    :param functions: What makes the native storage's functions; called once.
    :param heartbeat_interval: Seconds between heartbeats; None for what a launcher asks of its workers, else for none.
    :param heartbeat_stale_trial_callback: Called with the study and each trial whose heartbeats ended; before Optuna 4.9 it
        was called ``failed_trial_callback``.
    :param recreate: What unpickles it in another process: a callable and its arguments.
    """

    def __init__(
        self,
        functions: Callable[[], dict[str, Callable[..., Any]]],
        *,
        heartbeat_interval: int | None = None,
        grace_period: int | None = None,
        heartbeat_stale_trial_callback: Callable[[Any, FrozenTrial], None] | None = None,
        failed_trial_callback: Callable[[Any, FrozenTrial], None] | None = None,
        skip_compatibility_check: bool = False,
        recreate: tuple | None = None,
    ) -> None:
        if heartbeat_stale_trial_callback is not None and failed_trial_callback is not None:
            raise ValueError("Specify only one of `heartbeat_stale_trial_callback` and `failed_trial_callback`.")
        for name, seconds in (("heartbeat_interval", heartbeat_interval), ("grace_period", grace_period)):
            if seconds is not None and seconds <= 0:
                raise ValueError(f"The value of `{name}` should be a positive integer.")
        self._heartbeat_interval = heartbeat_interval
        self._grace_period = grace_period
        if heartbeat_interval is not None and not is_launched():
            _warn_experimental("heartbeat_interval")
        self._stale_trial_callback = heartbeat_stale_trial_callback or failed_trial_callback
        self._recreate = recreate
        expect_others()
        super().__init__(functions())
        revision, library, *forms = open_with_retries(self._prepare, was_reached=is_launched())
        self._forms = StoredForms(*forms)
        if revision not in _REVISIONS and not skip_compatibility_check:
            raise RuntimeError(
                f"The tables have the revision {revision} of Optuna {library}, and this storage knows "
                f"{' and '.join(_REVISIONS)}. Older tables are upgraded by: optuna storage upgrade --storage $STORAGE_URL"
            )
        weakref.finalize(self, _close, self._functions["close"], self._process).atexit = False

    def __reduce__(self) -> Any:
        if self._recreate is None:
            raise TypeError("This storage belongs to its process: make one in the other process with its URL.")
        return self._recreate

    # --- changes of trials

    def create_new_trial(self, study_id: int, template_trial: FrozenTrial | None = None) -> int:
        owner = new_owner() if template_trial is None and is_launched() else None
        new = template(template_trial, owner, self._forms)
        limits = limits_of(study_id) if template_trial is None else []
        facts = facts_of_trial(new)
        trials = self._trials_of(study_id)
        self._check_distributions(study_id, trials, new)
        self._thread.pending = 0
        outcome = with_rare_retries(
            lambda: self._change(study_id, trials, "create_trial", study_id, facts, limits, self._thread.pending)
        )
        if outcome[0] == _NO_STUDY:
            raise no_study(study_id)
        if outcome[0] == _BEYOND_LIMIT:
            raise BudgetSpent
        trial_id, number = outcome[3:]
        self._study_of[trial_id] = study_id
        with trials.lock:
            if new.state != TrialState.WAITING:
                trials.put(replaced(new, _number=number, _trial_id=trial_id))
            if new.state == TrialState.RUNNING:
                trials.own.add(trial_id)
        return trial_id

    def set_trial_param(
        self, trial_id: int, param_name: str, param_value_internal: float, distribution: BaseDistribution
    ) -> None:
        study_id, trials = self._updatable(trial_id)
        param_name = name_of(param_name)
        value, text = self._forms.number(param_value_internal), distribution_to_json(distribution)
        known = trials.distributions.get(param_name)
        if known is None:
            self._refresh(study_id, with_running=True, at_pace=True)  # what it does not know yet, set_first_param does
            known = trials.distributions.get(param_name)
        if known is not None and _VERSION >= _FIRST_THAT_KEEPS and param_name in trials.params_of(trial_id):
            check_distribution_compatibility(known, distribution)
            return
        if known is None:
            change, known_text = self._call("set_first_param", study_id, trial_id, param_name, value, text)
            if known_text is not None:
                known = distribution_of(known_text)
            else:
                self._check(trial_id, change)
        if known is not None:
            check_distribution_compatibility(known, distribution)
            self._write(study_id, trials, trial_id, "set_param", param_name, value, text)
        with trials.lock:
            trials.distributions.setdefault(param_name, distribution)
            self._apply(
                trials,
                trial_id,
                _params=(param_name, distribution.to_external_repr(value)),
                _distributions=(param_name, distribution),
            )

    def set_trial_intermediate_value(self, trial_id: int, step: int, intermediate_value: float) -> None:
        study_id, trials = self._updatable(trial_id)
        step, value = step_of(step), self._forms.number(intermediate_value)
        self._write(study_id, trials, trial_id, "set_intermediate_value", step, value)
        with trials.lock:
            self._apply(trials, trial_id, intermediate_values=(step, value))

    def set_trial_user_attr(self, trial_id: int, key: str, value: Any) -> None:
        self._set_trial_attr(trial_id, _USER, key, value, "_user_attrs")

    def set_trial_system_attr(self, trial_id: int, key: str, value: Any) -> None:
        self._set_trial_attr(trial_id, _SYSTEM, key, value, "_system_attrs")

    def set_trial_state_values(
        self, trial_id: int, state: TrialState, values: Sequence[float] | None = None
    ) -> bool:
        is_taken = state == TrialState.RUNNING
        if is_taken and self._find(trial_id)[2]:
            return False  # another worker has taken it, and ended it meanwhile
        study_id, trials = self._updatable(trial_id)
        floats = [self._forms.number(value) for value in values] if values else None  # no values leave no rows
        key, claim = new_claim() if is_taken else (KEY, None)
        limits = limits_of(study_id) if is_taken else []
        moment = self._forms.moment(now())
        facts = [state.name, floats, column_text(moment), [key, json.dumps(claim)] if is_taken else None]
        change = with_rare_retries(
            lambda: self._change(study_id, trials, "set_state", study_id, trial_id, facts, limits, is_retry())
        )[0]
        if change == _BEYOND_LIMIT:
            raise BudgetSpent
        if change == _NOT_NEEDED and not (is_taken and self._read_trial(trial_id).system_attrs.get(key) == claim):
            return False  # else it was this call that took the trial, in an attempt whose answer was lost
        if change == _IS_FINISHED and is_taken:  # as above, at this very moment
            return False
        self._check(trial_id, change)
        if is_taken:
            if not is_launched():
                self._call("remove_system_attribute", trial_id, key)
            self._take(study_id, trials, trial_id)
        elif state.is_finished():
            self._finish(trials, trial_id, state, floats, moment)
        return True

    at_most = staticmethod(limited)

    # --- heartbeats

    def record_heartbeat(self, trial_id: int) -> None:
        self._call("beat", trial_id)

    def _get_stale_trial_ids(self, study_id: int) -> list[int]:
        assert self._heartbeat_interval is not None
        grace = self._grace_period if self._grace_period is not None else 2 * self._heartbeat_interval
        return self._call("stale_trials", study_id, grace)

    def get_heartbeat_interval(self) -> int | None:
        return self._heartbeat_interval

    def get_failed_trial_callback(self) -> Callable[[Any, FrozenTrial], None] | None:
        return self._stale_trial_callback

    get_heartbeat_stale_trial_callback = get_failed_trial_callback  # its name from Optuna 4.9

    # --- within

    def _prepare(self) -> list:
        return self._ask("ensure_schema", _REVISIONS[_VERSION >= _FIRST_INDEXED], optuna.__version__)

    def _write(self, study_id: int, trials: StudyTrials, trial_id: int, function: str, *arguments: Any) -> None:
        self._check(trial_id, with_rare_retries(self._change, study_id, trials, function, study_id, trial_id, *arguments)[0])

    def _check(self, trial_id: int, change: int) -> None:
        if change == _NO_TRIAL:
            raise no_trial(trial_id)
        if change == _IS_FINISHED:
            self._refresh(self._study_of[trial_id], with_running=False)
            self.check_trial_is_updatable(trial_id, self.get_trial(trial_id).state)

    def _check_distributions(self, study_id: int, trials: StudyTrials, new: FrozenTrial) -> None:
        if any(name not in trials.distributions for name in new.distributions):
            self._refresh(study_id, with_running=True)
        for name, distribution in new.distributions.items():
            if (known := trials.distributions.get(name)) is not None:
                check_distribution_compatibility(known, distribution)

    def _updatable(self, trial_id: int) -> tuple[int, StudyTrials]:
        """The study of a trial that is not known to be finished, and its trials."""
        study_id, trials, finished = self._find(trial_id)
        if finished is not None:
            self.check_trial_is_updatable(trial_id, finished.state)
        return study_id, trials

    def _find(self, trial_id: int) -> tuple[int, StudyTrials, FrozenTrial | None]:
        """The study of a trial, its trials, and the trial itself if it is known to be finished."""
        study_id = self._study_of.get(trial_id)
        if study_id is None:
            self._read_trial(trial_id)
            study_id = self._study_of[trial_id]
        trials = self._trials_of(study_id)
        known = trials.by_id.get(trial_id)
        return study_id, trials, known if known is not None and known.state.is_finished() else None

    def _apply(self, trials: StudyTrials, trial_id: int, **items: tuple[Any, Any]) -> None:
        """Adds an item to fields of a trial that this process runs; others are read again when they are wanted."""
        if trial_id not in trials.own:
            return
        trial = trials.by_id[trial_id]
        trials.put(replaced(trial, **{field: {**getattr(trial, field), key: value} for field, (key, value) in items.items()}))

    def _take(self, study_id: int, trials: StudyTrials, trial_id: int) -> None:
        taken = self._read_trial(trial_id)
        with trials.lock:
            trials.put(taken)
            if taken.state == TrialState.RUNNING:
                trials.own.add(trial_id)

    def _finish(
        self, trials: StudyTrials, trial_id: int, state: TrialState, values: list[float] | None, moment: datetime
    ) -> None:
        with trials.lock:
            if trial_id not in trials.own:
                return
            trial = trials.by_id[trial_id]
            changes = {"state": state, "datetime_complete": moment}
            trials.put(replaced(trial, **changes, **({} if values is None else {"_values": values})))
            trials.own.discard(trial_id)

    def _set_trial_attr(self, trial_id: int, is_system: bool, key: str, value: Any, field: str) -> None:
        study_id, trials = self._updatable(trial_id)
        key, text = name_of(key), json.dumps(value)
        self._write(study_id, trials, trial_id, "set_attribute", is_system, key, text)
        with trials.lock:
            # What the others read, and not the caller's own object.
            self._apply(trials, trial_id, **{field: (key, json.loads(text))})


def _warn_experimental(argument: str) -> None:
    """As the RDBStorage of the installed Optuna does, if it does."""
    warn = getattr(optuna.storages._rdb.storage, "warn_experimental_argument", None)
    if warn is not None:
        warn(argument)


def _close(close: Callable[[], None], process: int) -> None:
    if os.getpid() == process:
        close()
