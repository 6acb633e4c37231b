"""Optuna's NSGA-II and NSGA-III, which do not go through all trials for each suggestion, and choose the same.

Selection, crossover and mutation are Optuna's own: here is what finds the trials of a generation.
"""

from __future__ import annotations

import hashlib
import sys
from typing import Any

from optuna import samplers
from optuna.distributions import BaseDistribution
from optuna.trial import FrozenTrial

from hpo_glue.sampling.brackets import is_bracket
from hpo_glue.sampling.domination import fronts
from hpo_glue.sampling.generations import Generations
from hpo_glue.sampling.history import history_of, trials_of
from hpo_glue.sampling.unseen import with_unseen

_FEW = 100  # trials, among which Optuna chooses as quickly


def _is_known(optunas: Any) -> bool:
    if hasattr(optunas, "get_parent_population"):  # from Optuna 4.3
        names = {"get_trial_generation", "get_population", "_get_generation_key", "_get_parent_cache_key_prefix"}
        return names <= set(dir(optunas))
    names = {"_GENERATION_KEY", "_POPULATION_CACHE_KEY_PREFIX"}
    return hasattr(optunas, "_collect_parent_population") and names <= vars(sys.modules[optunas.__module__]).keys()


class _Generational:
    """Comes before Optuna's class, ``_optunas``."""

    _optunas: Any
    _is_known: bool

    def infer_relative_search_space(self, study: Any, trial: FrozenTrial) -> dict[str, BaseDistribution]:
        infer = super().infer_relative_search_space  # type: ignore[misc]
        if trial.number < _FEW or self._leaves(study):
            return infer(study, trial)
        return with_unseen(study, self._search_space, lambda seen: infer(seen, trial))

    def _collect_parent_population(self, study: Any) -> tuple[int, list[FrozenTrial]]:
        """As Optuna's before 4.3: a generation that nothing runs of is selected from once for all workers."""
        trials = [] if self._leaves(study) else _trials(study)
        if len(trials) < _FEW:
            return super()._collect_parent_population(study)  # type: ignore[misc]
        names = vars(sys.modules[self._optunas.__module__])
        generations = _follow(study, trials, names["_GENERATION_KEY"])
        running = generations.running(trials)
        hasher = hashlib.sha256()
        parent_generation, parents = -1, []
        while generations.size(generation := parent_generation + 1) >= self._population_size:
            for trial in running.get(generation, ()):
                hasher.update(bytes(str(trial.number), "utf-8"))
            cache_key = f"{names['_POPULATION_CACHE_KEY_PREFIX']}:{hasher.hexdigest()}"
            cached = study._storage.get_study_system_attrs(study._study_id).get(cache_key, (-1, []))
            if cached[0] >= generation:
                parent_generation, parents = cached[0], [trials[number] for number in cached[1]]
                continue
            population = [*generations.population(trials, generation), *parents]
            parent_generation, parents = generation, self._select(study, generations, generation, population)
            if generation not in running:
                numbers = [trial.number for trial in parents]
                study._storage.set_study_system_attr(study._study_id, cache_key, (generation, numbers))
        return parent_generation, parents

    def _select(
        self, study: Any, generations: Generations, generation: int, population: list[FrozenTrial]
    ) -> list[FrozenTrial]:
        strategy = getattr(self, "_elite_population_selection_strategy", None)  # from Optuna 3.3

        def select(trials: list[FrozenTrial]) -> list[FrozenTrial]:
            return self._select_elite_population(study, trials) if strategy is None else strategy(study, trials)

        if not self._selects_always_the_same(strategy):
            return select(population)
        owner = self if strategy is None else strategy
        kind = generation, owner._population_size, owner._constraints_func is not None
        return generations.elite(kind, population, select)

    def _selects_always_the_same(self, strategy: Any) -> bool:
        return False

    def get_trial_generation(self, study: Any, trial: FrozenTrial) -> int:
        known = trial.system_attrs.get(self._get_generation_key())
        if known is not None or trial.number < _FEW or self._leaves(study):
            return super().get_trial_generation(study, trial)  # type: ignore[misc]
        generations = _follow(study, _trials(study), self._get_generation_key())
        with generations.lock:
            generation = generations.last()
            if generations.size(generation) >= self._population_size:
                generation += 1
        study._storage.set_trial_system_attr(trial._trial_id, self._get_generation_key(), generation)
        return generation

    def get_population(self, study: Any, generation: int) -> list[FrozenTrial]:
        if generation * self._population_size < _FEW or self._leaves(study):
            return super().get_population(study, generation)  # type: ignore[misc]
        trials = _trials(study)
        generations = _follow(study, trials, self._get_generation_key())
        return generations.population(trials, generation)

    def get_parent_population(self, study: Any, generation: int) -> list[FrozenTrial]:
        if generation * self._population_size >= _FEW and not self._leaves(study):
            cache_key = f"{self._get_parent_cache_key_prefix()}{generation}"
            ids = study._storage.get_study_system_attrs(study._study_id).get(cache_key)
            if ids is not None:
                trials = _trials(study)
                generations = _follow(study, trials, self._get_generation_key())
                parents = generations.by_id(trials, set(ids))
                if parents is not None:
                    return parents
        return super().get_parent_population(study, generation)  # type: ignore[misc]

    def _leaves(self, study: Any) -> bool:
        """Whether Optuna has to do it all itself."""
        return not self._is_known or is_bracket(study)


def _trials(study: Any) -> list[FrozenTrial]:
    return trials_of(study, with_running=True, use_cache=True)


def _follow(study: Any, trials: list[FrozenTrial], key: str) -> Generations:
    generations = history_of(study, Generations, key)
    with generations.lock:
        generations.follow(trials)
    return generations


class NSGAIISampler(_Generational, samplers.NSGAIISampler):
    """As Optuna's, in a fraction of its time."""

    _optunas = samplers.NSGAIISampler
    _is_known = _is_known(samplers.NSGAIISampler)

    def _selects_always_the_same(self, strategy: Any) -> bool:
        if strategy is not None:
            return type(strategy).__name__ == "NSGAIIElitePopulationSelectionStrategy"
        return (
            type(self)._select_elite_population is self._optunas._select_elite_population
            and type(self)._fast_non_dominated_sort is NSGAIISampler._fast_non_dominated_sort
        )

    def _fast_non_dominated_sort(self, population: list[FrozenTrial], directions: Any) -> list[list[FrozenTrial]]:
        """A method of Optuna's before 3.3."""
        found = fronts(population, directions, self._constraints_func is not None)
        return super()._fast_non_dominated_sort(population, directions) if found is None else found


if hasattr(samplers, "NSGAIIISampler"):

    class NSGAIIISampler(_Generational, samplers.NSGAIIISampler):
        """As Optuna's, in a fraction of its time."""

        _optunas = samplers.NSGAIIISampler
        _is_known = _is_known(samplers.NSGAIIISampler)
