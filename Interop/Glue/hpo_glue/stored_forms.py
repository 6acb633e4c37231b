"""Values as a server's tables give them back, for trials that are kept in memory and not read again."""

from __future__ import annotations

from datetime import datetime, timedelta

from hpo_glue.times import from_column, to_column


class StoredForms:
    """
    :param keeps_sign_of_zero: Whether -0.0 stays what it is, as in MySQL, or loses its sign, as in MariaDB.
    :param rounds_seconds: Whether a time is rounded to whole seconds, as by MySQL, or cut, as by MariaDB.
    """

    def __init__(self, keeps_sign_of_zero: bool, rounds_seconds: bool) -> None:
        self._keeps_sign_of_zero = keeps_sign_of_zero
        self._rounded = timedelta(seconds=0.5) if rounds_seconds else timedelta()

    def number(self, given: float) -> float:
        return float(given) if self._keeps_sign_of_zero else float(given) + 0.0

    def moment(self, given: datetime) -> datetime:
        """The time to hand out."""
        return from_column((to_column(given) + self._rounded).replace(microsecond=0))


def column_text(moment: datetime | None) -> str | None:
    """A time that is handed out, as it is written."""
    return None if moment is None else to_column(moment).isoformat(" ")
