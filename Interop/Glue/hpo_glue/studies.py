"""Studies: made, loaded, run and read."""

from __future__ import annotations

import atexit
import sys
from typing import Any, Callable

import optuna
from optuna.trial import TrialState

from hpo_glue.budget import limit_total_trials
from hpo_glue.errors import BudgetSpent, CaughtDotNetError
from hpo_glue.trials import freeze, thaw, to_distribution


def create_study(
    name: str | None,
    storage: Any,
    sampler: Any,
    pruner: Any,
    directions: list[str],
    load_if_exists: bool,
) -> Any:
    return optuna.create_study(
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
    with limit_total_trials(study, total_trials, counted_states):
        try:
            study.optimize(
                _objective(objective),
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


def _objective(callback: Callable[[Any, int], Any]) -> Callable[[Any], Any]:
    def objective(trial: Any) -> Any:
        outcome = callback(trial, trial.number)
        if isinstance(outcome, dict):
            if "pruned" in outcome:
                raise optuna.TrialPruned(outcome["pruned"])
            raise CaughtDotNetError(outcome["failed"])
        return outcome

    return objective


def _callback(callback: Callable[[list], None]) -> Callable[[Any, Any], None]:
    return lambda study, trial: callback(freeze(trial))


def stop(study: Any) -> None:
    study.stop()


def request_stop(study: Any) -> None:
    """``study.stop`` for a thread outside the study's own loop, where Optuna refuses it."""
    study._stop_flag = True


def ask(study: Any, fixed_distributions: dict | None) -> list:
    fixed = fixed_distributions and {
        name: to_distribution(item) for name, item in fixed_distributions.items()
    }
    trial = study.ask(fixed_distributions=fixed)
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


def trials(study: Any, states: list[str] | None) -> list:
    wanted = None if states is None else tuple(TrialState[state] for state in states)
    return [freeze(trial) for trial in study.get_trials(deepcopy=False, states=wanted)]


def best_trial(study: Any) -> list | None:
    """None where no trial is complete."""
    if not study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,)):
        return None
    return freeze(study.best_trial)


def best_trials(study: Any) -> list:
    return [freeze(trial) for trial in study.best_trials]



def run_exit_handlers() -> None:
    """The interpreter is never finalised: run what finalising would have run for the user."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
