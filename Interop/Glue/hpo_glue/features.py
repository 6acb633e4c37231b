"""Asks the installed Optuna for features, not for its version, and says which version has one that it lacks."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import optuna

# What Optuna 3.1 lacks and a later version brought; a parameter stands in brackets.
_SINCE = {
    "Study.set_metric_names": "3.2",
    "Study.metric_names": "3.4",
    "Trial.set_constraint": "5.0",
    "Trial.constraints": "5.0",
    "samplers.NSGAIIISampler": "3.2",
    "samplers.NSGAIIISampler(elite_population_selection_strategy)": "3.5",
    "samplers.NSGAIIISampler(child_generation_strategy)": "3.3",
    "samplers.NSGAIIISampler(after_trial_strategy)": "3.3",
    "samplers.NSGAIIISampler(mutation)": "5.0",
    "samplers.NSGAIISampler(elite_population_selection_strategy)": "3.3",
    "samplers.NSGAIISampler(child_generation_strategy)": "3.3",
    "samplers.NSGAIISampler(after_trial_strategy)": "3.3",
    "samplers.NSGAIISampler(mutation)": "5.0",
    "samplers.CmaEsSampler(lr_adapt)": "3.3",
    "samplers.GPSampler": "3.6",
    "samplers.GPSampler(constraints_func)": "4.2",
    "samplers.GPSampler(warn_independent_sampling)": "4.5",
    "samplers.BruteForceSampler(avoid_premature_stop)": "4.3",
    "samplers.TPESampler(categorical_distance_func)": "3.4 to 4.9",
    "samplers.GridSampler.is_exhausted": "4.0",
    "samplers.nsgaii.SBXCrossover(uniform_crossover_prob)": "4.3",
    "samplers.nsgaii.SBXCrossover(use_child_gene_prob)": "4.3",
    "samplers.nsgaii.VSBXCrossover(uniform_crossover_prob)": "4.4",
    "samplers.nsgaii.VSBXCrossover(use_child_gene_prob)": "4.4",
    "samplers.nsgaii.PolynomialMutation": "5.0",
    "pruners.WilcoxonPruner": "3.6",
    "storages.JournalFileOpenLock(grace_period)": "4.3",
    "storages.JournalFileSymlinkLock(grace_period)": "4.3",
    "storages.journal.JournalFileOpenLock(grace_period)": "4.3",
    "storages.journal.JournalFileSymlinkLock(grace_period)": "4.3",
    "storages.GrpcStorageProxy": "4.2",
    "storages.run_grpc_proxy_server": "4.2",
    "importance.PedAnovaImportanceEvaluator": "3.6",
    "visualization.plot_hypervolume_history": "3.3",
    "visualization.plot_rank": "3.2",
    "visualization.plot_terminator_improvement": "3.2",
    "visualization.plot_timeline": "3.2",
    "visualization.matplotlib.plot_hypervolume_history": "3.3",
    "visualization.matplotlib.plot_rank": "3.2",
    "visualization.matplotlib.plot_terminator_improvement": "3.2",
    "visualization.matplotlib.plot_timeline": "3.2",
    "terminator": "3.2",
    "terminator.RegretBoundEvaluator(seed)": "3.6",
    "terminator.BestValueStagnationEvaluator": "3.4",
    "terminator.MedianErrorEvaluator": "4.0",
    "terminator.EMMREvaluator": "4.0",
    "artifacts": "3.3",
    "artifacts.Backoff": "3.4",
    "artifacts.upload_artifact(study_or_trial)": "3.4",
    "artifacts.upload_artifact(mimetype)": "3.4",
    "artifacts.upload_artifact(encoding)": "3.4",
    "artifacts.get_all_artifact_meta": "4.0",
    "artifacts.download_artifact": "4.0",
}


# What pip and Debian call the packages whose modules have other names.
_PIP_NAMES = {"grpc": "grpcio", "google": "protobuf", "sklearn": "scikit-learn"}
_DEBIAN_NAMES = {"grpc": "python3-grpcio", "google": "python3-protobuf"}


class FeatureMissingError(Exception):
    """The installed Optuna, or a package that it needs for it, lacks something that was asked for."""


def missing(feature: str) -> FeatureMissingError:
    """The error for ``module.Class``, ``module.Class(parameter)`` or ``Class.member``."""
    name, _, parameter = feature.rstrip(")").partition("(")
    installed = f"Optuna {optuna.__version__}"
    subject = f"{name} of {installed} has no parameter {parameter}" if parameter else f"{installed} has no {name}"
    version = since(feature)
    if version is None:
        return FeatureMissingError(f"{subject}.")
    has_it = version if " to " in version else f"{version} or later"
    return FeatureMissingError(f"{subject}: install Optuna {has_it}.")


def since(feature: str) -> str | None:
    """The version that brought a feature: its own, or that of what it is part of."""
    while feature:
        if feature in _SINCE:
            return _SINCE[feature]
        feature = feature[: max(feature.rfind("("), feature.rfind("."), 0)]
    return None


def find(kind: str, name: str) -> Any:
    """``optuna.<kind>.<name>``; ``kind`` may be a dotted path."""
    member = getattr(_module(kind), name, None)
    if member is None:
        raise missing(f"{kind}.{name}")
    return member


def _module(kind: str) -> ModuleType | None:
    try:
        return importlib.import_module(f"optuna.{kind}")
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("optuna"):
            raise
        return None


def member(owner: Any, name: str) -> Any:
    """An attribute of a study or a trial."""
    if not hasattr(owner, name):
        raise missing(f"{type(owner).__name__}.{name}")
    return getattr(owner, name)


def call(kind: str, name: str, arguments: dict, subclass: Any = None) -> Any:
    """Calls ``optuna.<kind>.<name>``, or a subclass of it, with ``arguments``, of which it must know each."""
    factory = subclass or find(kind, name)
    accepted = inspect.signature(factory).parameters
    for argument in arguments:
        if argument not in accepted:
            raise missing(f"{kind}.{name}({argument})")
    with packages_of(f"{kind}.{name}"):
        return factory(**arguments)


@contextmanager
def packages_of(subject: str) -> Iterator[None]:
    """Names the package that Optuna needs for something, where it is not there; some of them it imports late."""
    try:
        yield
    except ImportError as error:
        raise _package_missing(subject, error) or error


def _package_missing(subject: str, error: ImportError) -> FeatureMissingError | None:
    """The error for a package that Optuna needs and cannot import; None where one is there, and broken."""
    # Optuna words some of them itself, and keeps Python's own as the cause.
    absent = next((each for each in (error, error.__cause__) if isinstance(each, ModuleNotFoundError) and each.name), None)
    if absent is None:
        return None
    module = absent.name.partition(".")[0]
    pip, debian = _PIP_NAMES.get(module, module), _DEBIAN_NAMES.get(module, f"python3-{module}")
    return FeatureMissingError(
        f"{subject} of Optuna {optuna.__version__} needs the Python package {pip}, which is not installed. "
        f"Install it: pip install {pip}, or Debian's {debian}."
    )
