"""Optuna's samplers that do not slow down as a study grows: the same choices in a fraction of the time.

    study = optuna.create_study(sampler=hpo_dotnet.samplers.TPESampler(seed=1))

Each is a real subclass of Optuna's class of that name, with its parameters, and can be pickled. Importing this module starts
.NET. Where the installed Optuna is of a kind that is not known, or ``HPO_NATIVE_SAMPLING=off`` is set, Optuna's own code runs.
"""

from hpo_dotnet._sampling import classes

_classes = classes("samplers", __name__)
globals().update(_classes)
__all__ = sorted(_classes)
