"""Optuna's storage in memory, which does not slow down as a study grows.

    study = optuna.create_study(storage=hpo_dotnet.storages.InMemoryStorage(), sampler=hpo_dotnet.samplers.TPESampler())

A real subclass of Optuna's class of that name, which can be pickled. Importing this module starts .NET. Where the installed Optuna
is of a kind that is not known, or ``HPO_NATIVE_SAMPLING=off`` is set, Optuna's own code runs.
"""

from hpo_dotnet._sampling import classes

_classes = classes("storages", __name__)
globals().update(_classes)
__all__ = sorted(_classes)
