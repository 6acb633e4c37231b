"""Optuna's pruners that do not slow down as a study grows: the same decisions in a fraction of the time.

    study = optuna.create_study(pruner=hpo_dotnet.pruners.MedianPruner())

Each is a real subclass of Optuna's class of that name, with its parameters, and can be pickled. Importing this module starts
.NET. Where the installed Optuna is of a kind that is not known, or ``HPO_NATIVE_SAMPLING=off`` is set, Optuna's own code runs.
"""

from hpo_dotnet._sampling import classes

_classes = classes("pruners", __name__)
globals().update(_classes)
__all__ = sorted(_classes)
