"""New trials for the native MySQL storage: as they will be read again, and as the C# side takes them."""

from __future__ import annotations

import json

from optuna.distributions import distribution_to_json
from optuna.trial import FrozenTrial, TrialState

from hpo_glue.mysql_columns import name_of, step_of
from hpo_glue.stored_forms import StoredForms, column_text
from hpo_glue.times import now
from hpo_glue.trial_owner import KEY


def template(given: FrozenTrial | None, owner: dict | None, forms: StoredForms) -> FrozenTrial:
    """A new trial as it will be read again: with whole seconds, and with what went through JSON or an internal form."""
    if given is None:
        return FrozenTrial(
            number=-1,
            state=TrialState.RUNNING,
            value=None,
            datetime_start=forms.moment(now()),
            datetime_complete=None,
            params={},
            distributions={},
            user_attrs={},
            system_attrs={} if owner is None else {KEY: owner},
            intermediate_values={},
            trial_id=-1,
        )
    return FrozenTrial(
        number=-1,
        state=given.state,
        value=None,
        values=[forms.number(value) for value in given.values] if given.values else None,  # no values leave no rows
        datetime_start=given.datetime_start and forms.moment(given.datetime_start),
        datetime_complete=given.datetime_complete and forms.moment(given.datetime_complete),
        params={
            name_of(name): distribution.to_external_repr(forms.number(distribution.to_internal_repr(given.params[name])))
            for name, distribution in ((name, given.distributions[name]) for name in given.params)
        },
        distributions={name_of(name): given.distributions[name] for name in given.params},
        user_attrs=_attributes(given.user_attrs),
        system_attrs=_attributes(given.system_attrs),
        intermediate_values={step_of(step): forms.number(value) for step, value in given.intermediate_values.items()},
        trial_id=-1,
    )


def facts_of_trial(trial: FrozenTrial) -> list:
    return [
        trial.state.name,
        column_text(trial.datetime_start),
        column_text(trial.datetime_complete),
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
