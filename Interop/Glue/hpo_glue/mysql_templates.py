"""New trials for the native MySQL storage: as they will be read again, and as the C# side takes them."""

from __future__ import annotations

import json
from datetime import datetime

from optuna.distributions import distribution_to_json
from optuna.trial import FrozenTrial, TrialState

from hpo_glue.mysql_columns import name_of, step_of
from hpo_glue.worker_marks import KEY
from hpo_glue.worker_transactions import now


def stored(number: float) -> float:
    """As it is read again: the server's zero has no sign."""
    return float(number) + 0.0


def template(given: FrozenTrial | None, mark: dict | None) -> FrozenTrial:
    """A new trial as it will be read again: with whole seconds, and with what went through JSON or an internal form."""
    if given is None:
        return FrozenTrial(
            number=-1,
            state=TrialState.RUNNING,
            value=None,
            datetime_start=now().replace(microsecond=0),
            datetime_complete=None,
            params={},
            distributions={},
            user_attrs={},
            system_attrs={} if mark is None else {KEY: mark},
            intermediate_values={},
            trial_id=-1,
        )
    return FrozenTrial(
        number=-1,
        state=given.state,
        value=None,
        values=[stored(value) for value in given.values] if given.values else None,  # no values leave no rows
        datetime_start=_whole_seconds(given.datetime_start),
        datetime_complete=_whole_seconds(given.datetime_complete),
        params={
            name_of(name): distribution.to_external_repr(stored(distribution.to_internal_repr(given.params[name])))
            for name, distribution in ((name, given.distributions[name]) for name in given.params)
        },
        distributions={name_of(name): given.distributions[name] for name in given.params},
        user_attrs=_attributes(given.user_attrs),
        system_attrs=_attributes(given.system_attrs),
        intermediate_values={step_of(step): stored(value) for step, value in given.intermediate_values.items()},
        trial_id=-1,
    )


def facts_of_trial(trial: FrozenTrial) -> list:
    return [
        trial.state.name,
        _text(trial.datetime_start),
        _text(trial.datetime_complete),
        list(trial.values or []),
        [
            [name, float(distribution.to_internal_repr(trial.params[name])), distribution_to_json(distribution)]
            for name, distribution in trial.distributions.items()
        ],
        [[key, json.dumps(value)] for key, value in trial.user_attrs.items()],
        [[key, json.dumps(value)] for key, value in trial.system_attrs.items()],
        [[step, value] for step, value in trial.intermediate_values.items()],
    ]


def _attributes(given: dict) -> dict:
    return {name_of(key): json.loads(json.dumps(value)) for key, value in given.items()}


def _whole_seconds(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(microsecond=0)


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(" ")
