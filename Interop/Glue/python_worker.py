"""Runs a worker's Python script, unchanged, under the worker contract: python python_worker.py SCRIPT [ARGUMENT…]

Its studies keep the launcher's budget, name this worker as their trials' owner, send heartbeats, and retry after
transient errors of the database. The script sees itself as the main program.
"""

from __future__ import annotations

import functools
import importlib.abc
import importlib.machinery
import importlib.util
import os
import runpy
import sys
from types import ModuleType
from typing import Any


class _AfterImportOfOptuna(importlib.abc.MetaPathFinder):
    """Waits for the script to import Optuna: one that never does pays nothing."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name != "optuna":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = _PreparingLoader(spec.loader)
        return spec


class _PreparingLoader(importlib.abc.Loader):
    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        _prepare(module)


def _prepare(optuna: Any) -> None:
    from hpo_glue.budget import ask_within_budget, counted_states
    from hpo_glue.components import stale_callback
    from hpo_glue.errors import BudgetSpent
    from hpo_glue.exhaustion import tell_if_exhausted
    from hpo_glue.heartbeats import asked, number
    from hpo_glue.overtaken_trials import go_on
    from hpo_glue.retry import create_or_load, with_retries
    from hpo_glue.worker_storage import harden

    Study, RDBStorage = optuna.study.Study, optuna.storages.RDBStorage
    total = number("HPO_TOTAL_TRIALS")
    create_study, optimize, ask, open_storage = optuna.create_study, Study.optimize, Study.ask, RDBStorage.__init__

    @functools.wraps(open_storage)
    def open_with_heartbeat(self: Any, *args: Any, **kwargs: Any) -> None:
        beat = asked(kwargs.get("heartbeat_interval"), kwargs.get("grace_period"), None)
        retry = stale_callback(beat.retry, None) if beat.retry else {}
        given = {**retry, **kwargs, "heartbeat_interval": beat.interval, "grace_period": beat.grace}
        with_retries(open_storage, self, *args, **given)
        harden(self)

    @functools.wraps(create_study)
    def create_study_with_retries(*args: Any, **kwargs: Any) -> Any:
        return create_or_load(functools.partial(create_study, *args), **kwargs)

    @functools.wraps(ask)
    def ask_for_launcher(self: Any, *args: Any, **kwargs: Any) -> Any:
        return ask_within_budget(self, total, counted_states(), lambda: ask(self, *args, **kwargs))

    @functools.wraps(optimize)
    def optimize_within_budget(self: Any, *args: Any, **kwargs: Any) -> None:
        try:
            optimize(self, *args, **kwargs)
        except BudgetSpent:
            self._storage.remove_session()
        tell_if_exhausted(self, total, counted_states())

    go_on()
    RDBStorage.__init__ = open_with_heartbeat
    Study.ask, Study.optimize = ask_for_launcher, optimize_within_budget
    optuna.create_study = optuna.study.create_study = create_study_with_retries


def main() -> None:
    script = sys.argv[1]
    sys.argv = sys.argv[1:]
    # This file's own folder stays reachable, behind the script's.
    sys.path.insert(0, os.path.dirname(os.path.abspath(script)))
    sys.meta_path.insert(0, _AfterImportOfOptuna())
    try:
        runpy.run_path(script, run_name="__main__")
    except Exception as error:
        # A script that asks by itself learns so that its work is done.
        if type(error).__name__ != "BudgetSpent" or type(error).__module__ != "hpo_glue.errors":
            raise


if __name__ == "__main__":
    main()
