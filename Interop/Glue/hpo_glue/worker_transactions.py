"""A worker's trial in MySQL, its beginning, parameters and end: what Optuna's RDB storage writes, in fewer statements.

Optuna maps objects to rows and back, which costs more than the statements do, while all other workers wait for the
study's row. Here a trial begins with all that it needs to be found again by others: its number, owner and heartbeat.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Sequence

import optuna
import sqlalchemy
from optuna.distributions import (
    BaseDistribution,
    check_distribution_compatibility,
    distribution_to_json,
    json_to_distribution,
)
from optuna.storages._rdb import models
from optuna.trial import TrialState

from hpo_glue.errors import BudgetSpent
from hpo_glue.times import now, to_column
from hpo_glue.trial_owner import KEY

BEAT = (
    "INSERT INTO trial_heartbeats (trial_id, heartbeat) VALUES (%s, CURRENT_TIMESTAMP) "
    "ON DUPLICATE KEY UPDATE heartbeat = CURRENT_TIMESTAMP"
)


# A name is compared character by character: the collation of somebody else's table may take others for equal.
_BYTES = "CAST(CONVERT(param_name USING utf8mb4) AS BINARY) = CAST(CONVERT(%s USING utf8mb4) AS BINARY)"


def lock_study(connection: Any, study_id: int) -> None:
    """Holds the study's row, as everybody does who makes a trial, Optuna's own storage too."""
    _one(connection, "SELECT study_id FROM studies WHERE study_id = %s FOR UPDATE", (study_id,))


def begin_trial(
    connection: Any, study_id: int, moment: datetime, limits: Sequence, owner: dict | None, *, beats: bool
) -> tuple[int, int]:
    """The new trial's id and number.

    :param moment: When it begins, in local time.
    :param limits: Totals, each with the names of the states that count: BudgetSpent where the study has as many.
    """
    execute = connection.exec_driver_sql
    lock_study(connection, study_id)  # so that numbers are dense, and a limit is exact
    # Its first read that takes no lock: earlier in the transaction it would not see what others did before us.
    number, *taken = execute(*_count(study_id, limits)).one()
    if any(count >= total for count, (total, _) in zip(taken, limits)):
        raise BudgetSpent
    trial_id = execute(
        "INSERT INTO trials (number, study_id, state, datetime_start) VALUES (%s, %s, %s, %s)",
        (number, study_id, TrialState.RUNNING.name, to_column(moment)),
    ).lastrowid
    if owner is not None:
        execute(
            "INSERT INTO trial_system_attributes (trial_id, `key`, value_json) VALUES (%s, %s, %s)",
            (trial_id, KEY, json.dumps(owner)),
        )
    if beats:
        execute(BEAT, (trial_id,))
    return trial_id, number


def set_param(
    connection: Any, trial_id: int, name: str, value: float, distribution: BaseDistribution
) -> TrialState:
    """Writes a parameter unless the trial has ended; the trial's state. ValueError: the study knows it otherwise."""
    state_name, known, clash = _one(
        connection,
        f"SELECT state, (SELECT distribution_json FROM trial_params JOIN trials AS others USING (trial_id) "
        f"WHERE others.study_id = trials.study_id AND param_name = %s AND {_BYTES} LIMIT 1), "
        f"(SELECT param_name FROM trial_params AS own WHERE own.trial_id = trials.trial_id AND param_name = %s AND NOT {_BYTES}) "
        "FROM trials WHERE trial_id = %s",
        (name, name, name, name, trial_id),
    )
    if clash is not None:
        raise optuna.exceptions.StorageInternalError(
            f"'{name}' was not stored: the table trial_params takes it for '{clash}', which is there already. Use another name, "
            "or give the table the collation utf8mb4_bin."
        )
    state = TrialState[state_name]
    if not state.is_finished():
        text = distribution_to_json(distribution)
        if known not in (None, text):
            check_distribution_compatibility(json_to_distribution(known), distribution)
        connection.exec_driver_sql(
            "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) VALUES (%s, %s, %s, %s) "
            "ON DUPLICATE KEY UPDATE param_value = VALUES(param_value), distribution_json = VALUES(distribution_json)",
            (trial_id, name, value, text),
        )
    return state


def end_trial(connection: Any, trial_id: int, final: TrialState, values: Sequence[float] | None) -> TrialState:
    """Writes the values and the final state unless the trial has ended; the trial's state before."""
    execute = connection.exec_driver_sql
    (state_name,) = _one(connection, "SELECT state FROM trials WHERE trial_id = %s FOR UPDATE", (trial_id,))
    state = TrialState[state_name]
    if not state.is_finished():
        for objective, value in enumerate(values or ()):
            number, kind = models.TrialValueModel.value_to_stored_repr(value)
            execute(
                "INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES (%s, %s, %s, %s) "
                "ON DUPLICATE KEY UPDATE value = VALUES(value), value_type = VALUES(value_type)",
                (trial_id, objective, number, kind.name),
            )
        execute(
            "UPDATE trials SET state = %s, datetime_complete = %s WHERE trial_id = %s",
            (final.name, to_column(now()), trial_id),
        )
    return state


def add_attribute(trial_id: int, key: str, value: Any, session: Any) -> None:
    """Gives a trial a system attribute, in a transaction of Optuna's."""
    session.add(models.TrialSystemAttributeModel(trial_id=trial_id, key=key, value_json=json.dumps(value)))


def refuse_beyond(limits: Sequence, session: Any) -> None:
    """BudgetSpent where a study has as many trials as it shall have, in a transaction of Optuna's."""
    # Its first read that takes no lock: earlier in the transaction it would not see what others did before us.
    for study_id, total, states in limits:
        taken = session.query(sqlalchemy.func.count(models.TrialModel.trial_id)).filter(
            models.TrialModel.study_id == study_id, models.TrialModel.state.in_(states)
        )
        if taken.scalar() >= total:
            raise BudgetSpent


def remove_attribute(connection: Any, trial_id: int, key: str) -> None:
    """Takes a trial's system attribute back."""
    connection.exec_driver_sql("DELETE FROM trial_system_attributes WHERE trial_id = %s AND `key` = %s", (trial_id, key))


def _one(connection: Any, statement: str, arguments: tuple) -> Any:
    """The row that must be there."""
    row = connection.exec_driver_sql(statement, arguments).first()
    if row is None:
        raise KeyError(models.NOT_FOUND_MSG)
    return row


def _count(study_id: int, limits: Sequence) -> tuple[str, tuple]:
    sums, counted = "", []
    for _, names in limits:
        sums += f", COALESCE(SUM(state IN ({', '.join(['%s'] * len(names))})), 0)"
        counted += names
    return f"SELECT COUNT(*){sums} FROM trials WHERE study_id = %s", (*counted, study_id)
