"""Studies: made, loaded, run and read."""

from __future__ import annotations

import atexit
import math
import sys
from typing import Any, Callable

import optuna
from optuna.storages import BaseStorage
from optuna.trial import TrialState

from hpo_glue import features
from hpo_glue.budget import limit_total_trials
from hpo_glue.current_trials import current_trials
from hpo_glue.distributions import from_space, to_space
from hpo_glue.errors import BudgetSpent, CaughtDotNetError
from hpo_glue.overtaken_trials import go_on
from hpo_glue.retry import create_or_load
from hpo_glue.trials import freeze, thaw
from hpo_glue.values import plain, time_text


def create_study(
    name: str | None,
    storage: Any,
    sampler: Any,
    pruner: Any,
    directions: list[str],
    load_if_exists: bool,
) -> Any:
    return create_or_load(
        optuna.create_study,
        study_name=name,
        storage=storage,
        sampler=sampler,
        pruner=pruner,
        directions=directions,
        load_if_exists=load_if_exists,
    )


def load_study(name: str | None, storage: Any, sampler: Any, pruner: Any) -> Any:
    return optuna.load_study(study_name=name, storage=storage, sampler=sampler, pruner=pruner)


def delete_study(name: str, storage: Any) -> None:
    optuna.delete_study(study_name=name, storage=storage)


def study_names(storage: Any) -> list[str]:
    names = getattr(optuna, "get_all_study_names", None)  # from Optuna 3.4
    if names is not None:
        return list(names(storage))
    return [summary.study_name for summary in optuna.get_all_study_summaries(storage)]


def study_summaries(storage: Any, include_best_trial: bool) -> list:
    summaries = optuna.get_all_study_summaries(storage, include_best_trial=include_best_trial)
    return [
        [
            summary.study_name,
            [direction.name for direction in summary.directions],
            None if summary.best_trial is None else freeze(summary.best_trial),
            plain(summary.user_attrs),
            summary.n_trials,
            time_text(summary.datetime_start),
        ]
        for summary in summaries
    ]


def copy_study(from_study_name: str, from_storage: Any, to_storage: Any, to_study_name: str | None) -> None:
    optuna.copy_study(
        from_study_name=from_study_name,
        from_storage=from_storage,
        to_storage=to_storage,
        to_study_name=to_study_name,
    )


def study_name(study: Any) -> str:
    return study.study_name


def directions(study: Any) -> list[str]:
    return [direction.name for direction in study.directions]


def optimize(
    study: Any,
    objective: Callable[[Any, int], Any],
    n_trials: int | None,
    timeout: float | None,
    n_jobs: int,
    callbacks: list[Callable[[list], None]],
    gc_after_trial: bool,
    show_progress_bar: bool,
    total_trials: int | None,
    counted_states: list[str] | None,
) -> None:
    hidden: BaseException | None = None
    go_on()
    with limit_total_trials(study, total_trials, counted_states, n_trials):
        try:
            study.optimize(
                _objective(study, objective),
                n_trials=n_trials,
                timeout=timeout,
                n_jobs=n_jobs,
                catch=(CaughtDotNetError,),
                callbacks=[_callback(callback) for callback in callbacks],
                gc_after_trial=gc_after_trial,
                show_progress_bar=show_progress_bar,
            )
        except BudgetSpent:
            study._storage.remove_session()
        except AssertionError as error:
            # Optuna asserts that a trial has ended when its end could not be stored: the reason is what was being handled.
            hidden = error.__context__
            if hidden is None:
                raise
    if hidden is not None:
        raise hidden


def _objective(study: Any, callback: Callable[[Any, int], Any]) -> Callable[[Any], Any]:
    def objective(trial: Any) -> Any:
        try:
            outcome = callback(trial, trial.number)
        except (Exception, KeyboardInterrupt):
            raise
        except BaseException:
            # Optuna leaves the trial RUNNING, since a SystemExit ends the process; a C# host goes on.
            study.tell(trial, state=TrialState.FAIL, skip_if_finished=True)
            raise
        if isinstance(outcome, dict):
            if "pruned" in outcome:
                raise optuna.TrialPruned(outcome["pruned"])
            raise CaughtDotNetError(outcome["failed"])
        return outcome

    return objective


def _callback(callback: Callable[[list], None]) -> Callable[[Any, Any], None]:
    return lambda study, trial: callback(freeze(trial))


def request_stop(study: Any) -> None:
    """``study.stop`` for a thread outside the study's own loop, where Optuna refuses it."""
    # Hyperband hands samplers and pruners a study of its own around the one that runs.
    getattr(study, "_study", study)._stop_flag = True


def ask(study: Any, fixed_distributions: dict | None) -> list:
    trial = study.ask(fixed_distributions=fixed_distributions and to_space(fixed_distributions))
    return [trial, trial.number]


def tell(
    study: Any, trial: Any, values: list | None, state: str | None, skip_if_finished: bool
) -> list:
    """``trial`` is a trial object or a number."""
    return freeze(
        study.tell(
            trial,
            values,
            state=None if state is None else TrialState[state],
            skip_if_finished=skip_if_finished,
        )
    )


def enqueue_trial(study: Any, values: dict, user_attrs: dict, skip_if_exists: bool) -> None:
    study.enqueue_trial(values, user_attrs=user_attrs or None, skip_if_exists=skip_if_exists)


def add_trial(study: Any, facts: dict) -> None:
    study.add_trial(thaw(facts))


def add_trials(study: Any, all_facts: list[dict]) -> None:
    study.add_trials([thaw(facts) for facts in all_facts])


def set_metric_names(study: Any, names: list[str]) -> None:
    features.member(study, "set_metric_names")(names)


def system_attrs(study: Any) -> dict:
    return plain(study._storage.get_study_system_attrs(study._study_id))


def metric_names(study: Any) -> list[str] | None:
    return features.member(study, "metric_names")


def fail_stale_trials(study: Any) -> None:
    optuna.storages.fail_stale_trials(study)


def intersection_search_space(study: Any, include_pruned: bool) -> dict:
    module = getattr(optuna, "search_space", None)
    if module is None:  # before Optuna 3.2
        return from_space(optuna.samplers.intersection_search_space(study, include_pruned=include_pruned))
    trials = current_trials(study)
    return from_space(module.intersection_search_space(trials, include_pruned=include_pruned))


def notify(callback: Any, study: Any, number: int) -> None:
    """Calls one of Optuna's own callbacks for a trial that has just ended."""
    callback(study, frozen(study, number))


def frozen(study: Any, number: int) -> Any:
    """The stored trial of that number."""
    storage = study._storage
    return storage.get_trial(storage.get_trial_id_from_study_id_trial_number(study._study_id, number))


def trials(study: Any, states: list[str] | None) -> list:
    wanted = None if states is None else tuple(TrialState[state] for state in states)
    return [freeze(trial) for trial in current_trials(study, wanted)]


def best_trial(study: Any) -> list | None:
    """None where no trial is complete."""
    complete = current_trials(study, (TrialState.COMPLETE,))
    if not complete:
        return None
    # RDBStorage of Optuna 3.1 lets SQL compare the values, where an infinity is NULL; from 4.0 on the study heeds constraints.
    if not hasattr(optuna.study, "_constrained_optimization") and any(math.isinf(trial.value) for trial in complete):
        return freeze(BaseStorage.get_best_trial(study._storage, study._study_id))
    return freeze(study.best_trial)


def best_trials(study: Any) -> list:
    return [freeze(trial) for trial in study.best_trials]


def run_exit_handlers() -> None:
    """The interpreter is never finalised: run what finalising would have run for the user."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
