"""C# objectives for Optuna studies in Python, in process and at the speed of the C# code.

    import optuna, hpo_dotnet

    study = optuna.create_study(direction="maximize")
    study.optimize(hpo_dotnet.objective("digits", folds=5), n_trials=50, n_jobs=2)

``MySqlStorage(url)`` is a storage of MySQL and MariaDB on Optuna's tables. ``objectives()`` lists what is built in; ``load("MyObjectives.dll")`` gives the objectives of an assembly of your own.
"""

from hpo_dotnet._budget import total_trials
from hpo_dotnet._host import start
from hpo_dotnet._library import Library, ObjectiveInfo, Setting, load, objective, objectives
from hpo_dotnet._objective import Objective
from hpo_dotnet._storage import MySqlStorage
from hpo_dotnet.errors import (
    AssemblyError,
    DotNetError,
    DotNetNotFoundError,
    HostError,
    IsolatedProcessError,
    SettingsError,
    TorchConflictError,
    UnknownObjectiveError,
)

__version__ = "0.1.0"

__all__ = [
    "AssemblyError",
    "DotNetError",
    "DotNetNotFoundError",
    "HostError",
    "IsolatedProcessError",
    "Library",
    "MySqlStorage",
    "Objective",
    "ObjectiveInfo",
    "Setting",
    "SettingsError",
    "TorchConflictError",
    "UnknownObjectiveError",
    "load",
    "objective",
    "objectives",
    "start",
    "total_trials",
]
