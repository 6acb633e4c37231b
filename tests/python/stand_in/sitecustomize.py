"""Stands for Optuna and SQLAlchemy in interpreters that have neither: with this folder on PYTHONPATH, what the bridge's Python
side imports of them is made up. A test of the bridge itself needs no more."""

import enum
import importlib
import importlib.abc
import importlib.machinery
import sys
import types


class Module(types.ModuleType):
    __version__ = "0.0"
    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = importlib.import_module(f"{self.__name__}.{name}") if name.islower() else self._class(name)
        setattr(self, name, made)
        return made

    def __call__(self, *arguments, **options):
        """A function, whose name tells it from a module no more than a module's does."""
        return self

    def _class(self, name):
        return type(name, (Exception,), {"__module__": self.__name__})


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("optuna", "sqlalchemy"):
            return importlib.machinery.ModuleSpec(name, self, is_package=True, origin=__file__)

    def create_module(self, spec):
        return Module(spec.name)

    def exec_module(self, module):
        pass


sys.meta_path.insert(0, Finder())

import optuna.trial  # noqa: E402


class FixedTrial:
    number = 0

    def __init__(self, params):
        self.params = params

    def suggest_float(self, name, low, high, step=None, log=False):
        return self.params[name]


optuna.trial.FixedTrial = FixedTrial
optuna.trial.TrialState = enum.Enum("TrialState", "RUNNING COMPLETE PRUNED FAIL WAITING")
