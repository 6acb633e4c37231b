"""Times of trials, as Optuna hands them out and as its tables hold them. Neither has a time zone.

Handed out they are local. The tables hold the same before Optuna 5.0, and UTC from then on: here as in Optuna's RDBStorage.
"""

from __future__ import annotations

from datetime import datetime, timezone

import optuna

_HELD_IN_UTC = int(optuna.__version__.split(".")[0]) >= 5


def now() -> datetime:
    """As it is handed out."""
    return datetime.now()


def to_column(moment: datetime) -> datetime:
    """What the tables hold of a time. One that has a zone loses it before Optuna 5.0, as it does in the database's driver."""
    return moment.astimezone(timezone.utc).replace(tzinfo=None) if _HELD_IN_UTC else moment.replace(tzinfo=None)


def from_column(moment: datetime) -> datetime:
    """The time to hand out for what the tables hold."""
    return moment.replace(tzinfo=timezone.utc).astimezone().replace(tzinfo=None) if _HELD_IN_UTC else moment
