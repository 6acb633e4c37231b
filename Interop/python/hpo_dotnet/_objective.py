"""A C# objective as Python calls it."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from optuna.exceptions import TrialPruned

from hpo_dotnet import _host
from hpo_dotnet._assemblies import BUILT_IN_ASSEMBLY
from hpo_dotnet._interrupts import on_main_thread, raise_pending
from hpo_dotnet._isolated import IsolatedEvaluation
from hpo_dotnet._settings import plain_settings
from hpo_dotnet.errors import AssemblyError, DotNetError, translated

if TYPE_CHECKING:
    from optuna.trial import BaseTrial


class Evaluation(Protocol):
    """Where an objective's trials are evaluated: in this process, or in another."""

    def __call__(self, trial: Any) -> float | tuple[float, ...]: ...

    def close(self) -> None: ...


class Objective:
    """A C# objective: what ``study.optimize`` takes.

    Call it with any trial of Optuna's: a running one, one that was asked for, a ``FixedTrial`` or a ``FrozenTrial``. It
    is safe to call on several threads, and can be pickled: its name and its settings travel, and the process that unpickles
    it makes the objective anew.
    """

    def __init__(self, assembly: Path | None, name: str, settings: Mapping[str, object], isolated: bool) -> None:
        self._assembly = assembly
        self._settings = plain_settings(settings)
        self._name = name
        self._isolated = isolated
        self._evaluation: Evaluation
        if isolated:
            self._evaluation = IsolatedEvaluation(assembly, name, self._settings)
        else:
            self._evaluation = InProcessEvaluation(assembly, name, self._settings)
        weakref.finalize(self, self._evaluation.close)

    @property
    def name(self) -> str:
        """The name that it was found by."""
        return self._name

    @property
    def settings(self) -> dict[str, Any]:
        """The settings that were given; others have their defaults."""
        return dict(self._settings)

    @property
    def isolated(self) -> bool:
        """Whether it runs in a process of its own."""
        return self._isolated

    def __call__(self, trial: BaseTrial) -> float | tuple[float, ...]:
        """Evaluates a trial.

        :returns: Its value, or a tuple with one for each direction of the study.
        :raises optuna.TrialPruned: The objective pruned the trial.
        :raises DotNetError: The C# code threw an exception.
        :raises KeyboardInterrupt: Ctrl-C came; the objective's ``CancellationToken`` was cancelled.
        """
        return self._evaluation(trial)

    def __reduce__(self) -> tuple[Any, ...]:
        return Objective, (self._assembly, self._name, self._settings, self._isolated)

    def __repr__(self) -> str:
        settings = "".join(f", {name}={value!r}" for name, value in self._settings.items())
        return f"<hpo_dotnet.Objective {self._name!r}{settings}{', isolated' if self._isolated else ''}>"


class InProcessEvaluation:
    """Evaluates trials with the .NET of this process."""

    def __init__(self, assembly: Path | None, name: str, settings: dict[str, Any]) -> None:
        self._host = _host.host()
        self._evaluate, self._dispose = self._host.create(resolve(assembly), name, settings)

    def __call__(self, trial: Any) -> float | tuple[float, ...]:
        if _host.is_forked():
            _host.refuse_after_fork()
        try:
            number = trial.number
        except AttributeError:
            raise TypeError(f"An objective takes a trial of Optuna, and got a {type(trial).__name__}.") from None
        try:
            if on_main_thread():
                outcome = self._host.interrupts.call(self._evaluate, trial, number, True)
            else:
                outcome = self._evaluate(trial, number, False)
        except DotNetError as error:
            problem = translated(error)
            if problem is error:
                raise
            raise problem from None
        return outcome if type(outcome) is float else values_of(outcome)

    def close(self) -> None:
        if self._dispose is not None and not _host.is_forked():
            self._dispose()


def values_of(outcome: list[float] | dict[str, str]) -> tuple[float, ...]:
    """Several values, or what the outcome means in Python."""
    if isinstance(outcome, list):
        return tuple(outcome)
    if "pruned" in outcome:
        raise TrialPruned(outcome["pruned"])
    raise_pending()
    raise KeyboardInterrupt


def resolve(assembly: Path | None) -> Path:
    """The assembly; None stands for the one with the built-in objectives."""
    if assembly is not None:
        return assembly
    built_in = _host.host().assemblies / BUILT_IN_ASSEMBLY
    if not built_in.is_file():
        raise AssemblyError(
            f"There are no built-in objectives: {built_in} does not exist. Load an assembly of your own with "
            "hpo_dotnet.load(...)."
        )
    return built_in
