"""The native MySQL storage for Python's own studies."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hpo_dotnet import _host

if TYPE_CHECKING:
    from optuna.storages import BaseStorage
    from optuna.study import Study
    from optuna.trial import FrozenTrial


def MySqlStorage(  # noqa: N802: it stands where a class of Optuna's does
    url: str,
    *,
    heartbeat_interval: int | None = None,
    grace_period: int | None = None,
    heartbeat_stale_trial_callback: Callable[[Study, FrozenTrial], None] | None = None,
    failed_trial_callback: Callable[[Study, FrozenTrial], None] | None = None,
    skip_compatibility_check: bool = False,
) -> BaseStorage:
    """Keeps studies in MySQL or MariaDB: on the same tables as Optuna's ``RDBStorage``, in a fraction of its time.

    Workers with either kind may share a study. It can be pickled, needs no Python driver of MySQL, and is safe on several
    threads; a process forked from this one needs one of its own.

    :param url: As Optuna takes it, e.g. ``mysql://user:password@host/database``.
    :param heartbeat_interval: Seconds between a running trial's heartbeats. Default: what a launcher asks of its workers,
        else none.
    :param grace_period: Seconds without one after which a trial is failed. Default: with the interval what a launcher asks
        of its workers, else, as Optuna's, twice the interval.
    :param heartbeat_stale_trial_callback: Called with the study and each trial that was failed so.
    :param failed_trial_callback: Its name before Optuna 4.9; one of the two at most.
    :param skip_compatibility_check: Whether tables of any revision are accepted.
    :raises ValueError: The URL is malformed, or a number is not positive.
    :raises optuna.exceptions.StorageInternalError: The server cannot be reached, or refuses the login.
    :raises RuntimeError: The tables are of a revision that is not known.
    :raises HostError: .NET cannot be used in this process.
    """
    host = _host.host()  # brings the bridge's Python side
    components: Any = importlib.import_module("hpo_glue.components")
    options: dict[str, Any] = {
        "heartbeat_interval": heartbeat_interval,
        "grace_period": grace_period,
        "heartbeat_stale_trial_callback": heartbeat_stale_trial_callback,
        "failed_trial_callback": failed_trial_callback,
        "skip_compatibility_check": skip_compatibility_check,
    }
    arguments = {name: value for name, value in options.items() if value is not None}
    arguments["recreate"] = (_recreate, (url, options))
    storage: BaseStorage = components.mysql_storage(lambda: host.mysql_storage(url), arguments, None, None)
    return storage


def _recreate(url: str, options: dict[str, Any]) -> BaseStorage:
    return MySqlStorage(url, **options)
