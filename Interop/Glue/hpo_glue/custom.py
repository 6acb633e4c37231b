"""Samplers and pruners that are written in C#, and Optuna's own that C# code asks.

C# knows a trial by its facts and its number. While it is asked about one, the object that Optuna handed over stays known
to its thread, so that a sampler which is asked in turn gets that very object.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import Any, Callable, Iterator

from optuna.distributions import BaseDistribution
from optuna.pruners import BasePruner
from optuna.samplers import BaseSampler
from optuna.trial import FrozenTrial, TrialState

from hpo_glue import features
from hpo_glue.distributions import from_distribution, from_space, to_distribution, to_space, value_within
from hpo_glue.studies import frozen
from hpo_glue.trials import freeze
from hpo_glue.values import index_of, plain


class _Known(threading.local):
    def __init__(self) -> None:
        self.trials: list[FrozenTrial] = []


_known = _Known()


@contextmanager
def _knowing(*trials: FrozenTrial) -> Iterator[None]:
    _known.trials.extend(trials)
    try:
        yield
    finally:
        del _known.trials[-len(trials) :]


def _trial(study: Any, number: int) -> FrozenTrial:
    for trial in reversed(_known.trials):
        if trial.number == number:
            return trial
    return frozen(study, number)


class DotNetSampler(BaseSampler):
    """Asks a C# sampler; ``callbacks`` holds a function for each of its methods."""

    def __init__(self, callbacks: dict[str, Callable]) -> None:
        self._callbacks = callbacks

    def infer_relative_search_space(self, study: Any, trial: FrozenTrial) -> dict[str, BaseDistribution]:
        with _knowing(trial):
            return to_space(self._callbacks["infer_relative_search_space"](study, freeze(trial)))

    def sample_relative(
        self, study: Any, trial: FrozenTrial, search_space: dict[str, BaseDistribution]
    ) -> dict[str, Any]:
        with _knowing(trial):
            values = self._callbacks["sample_relative"](study, freeze(trial), from_space(search_space))
        for name in values:
            if name not in search_space:
                raise ValueError(f"The sampler chose the parameter '{name}', which is not in its relative search space.")
        return {name: value_within(search_space[name], name, value) for name, value in values.items()}

    def sample_independent(
        self, study: Any, trial: FrozenTrial, param_name: str, param_distribution: BaseDistribution
    ) -> Any:
        with _knowing(trial):
            value = self._callbacks["sample_independent"](
                study, freeze(trial), param_name, from_distribution(param_distribution)
            )
        return value_within(param_distribution, param_name, value)

    def before_trial(self, study: Any, trial: FrozenTrial) -> None:
        with _knowing(trial):
            self._callbacks["before_trial"](study, freeze(trial))

    def after_trial(self, study: Any, trial: FrozenTrial, state: TrialState, values: Any) -> None:
        with _knowing(trial):
            self._callbacks["after_trial"](study, freeze(trial), state.name, _floats(values))

    def reseed_rng(self) -> None:
        self._callbacks["reseed_rng"]()


if not hasattr(BaseSampler, "before_trial"):  # before Optuna 3.3 only infer_relative_search_space runs that early

    def _infer(self: DotNetSampler, study: Any, trial: FrozenTrial) -> dict[str, BaseDistribution]:
        self.before_trial(study, trial)
        return _infer_relative_search_space(self, study, trial)

    _infer_relative_search_space = DotNetSampler.infer_relative_search_space
    DotNetSampler.infer_relative_search_space = _infer  # type: ignore[method-assign]


class DotNetPruner(BasePruner):
    """Asks a C# pruner."""

    def __init__(self, prune: Callable[[Any, list], bool]) -> None:
        self._prune = prune

    def prune(self, study: Any, trial: FrozenTrial) -> bool:
        with _knowing(trial):
            return self._prune(study, freeze(trial))


def sampler(callbacks: dict[str, Callable]) -> DotNetSampler:
    return DotNetSampler(callbacks)


def pruner(prune: Callable[[Any, list], bool]) -> DotNetPruner:
    return DotNetPruner(prune)


def infer_relative_search_space(sampler: BaseSampler, study: Any, number: int) -> dict:
    return from_space(sampler.infer_relative_search_space(study, _trial(study, number)))


def sample_relative(sampler: BaseSampler, study: Any, number: int, space: dict) -> dict:
    return plain(sampler.sample_relative(study, _trial(study, number), to_space(space)))


def sample_independent(sampler: BaseSampler, study: Any, number: int, name: str, facts: dict) -> Any:
    """The value; of a categorical parameter the index of the choice."""
    value = sampler.sample_independent(study, _trial(study, number), name, to_distribution(facts))
    return index_of(value, facts["choices"]) if facts["type"] == "categorical" else plain(value)


def before_trial(sampler: BaseSampler, study: Any, number: int) -> None:
    if hasattr(BaseSampler, "before_trial"):  # from Optuna 3.3
        sampler.before_trial(study, _trial(study, number))


def after_trial(sampler: BaseSampler, study: Any, number: int, state: str, values: list | None) -> None:
    sampler.after_trial(study, _trial(study, number), TrialState[state], values)


def reseed_rng(sampler: BaseSampler) -> None:
    sampler.reseed_rng()


def is_exhausted(sampler: BaseSampler, study: Any) -> bool:
    method = getattr(sampler, "is_exhausted", None)
    if method is None:
        raise features.missing("samplers.GridSampler.is_exhausted")
    return bool(method(study))


def prune(pruner: BasePruner, study: Any, number: int) -> bool:
    return bool(pruner.prune(study, _trial(study, number)))


def elite_population_selection_strategy(callback: Callable[[Any, list], list]) -> Callable:
    def select(study: Any, population: list[FrozenTrial]) -> list[FrozenTrial]:
        by_number = {trial.number: trial for trial in population}
        return [by_number[number] for number in callback(study, [freeze(trial) for trial in population])]

    return select


def child_generation_strategy(callback: Callable[[Any, dict, list], dict]) -> Callable:
    def generate(
        study: Any, search_space: dict[str, BaseDistribution], parent_population: list[FrozenTrial]
    ) -> dict[str, Any]:
        parents = [freeze(trial) for trial in parent_population]
        values = callback(study, from_space(search_space), parents)
        return {name: value_within(search_space[name], name, value) for name, value in values.items()}

    return generate


def after_trial_strategy(callback: Callable[[Any, list, str, list | None], None]) -> Callable:
    def after(study: Any, trial: FrozenTrial, state: TrialState, values: Any = None) -> None:
        callback(study, freeze(trial), state.name, _floats(values))

    return after


def _floats(values: Any) -> list | None:
    return None if values is None else [float(value) for value in values]
