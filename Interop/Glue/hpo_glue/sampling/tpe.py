"""Optuna's TPE, whose suggestions cost as much in a long study as in a short one, and are the same.

Optuna draws the candidates, from its own estimator of the better trials. What the study's length costs is done here: the
better trials are found among columns of what each trial contributes, and C# computes the candidates' densities under the
other trials. Only the best candidate matters, and where rounding may decide which one is, Optuna's own density does.
"""

from __future__ import annotations

from typing import Any, Iterable, NamedTuple, Sequence

import numpy
import optuna
from optuna.distributions import BaseDistribution, CategoricalDistribution
from optuna.samplers._tpe import sampler as tpe
from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator
from optuna.study import StudyDirection
from optuna.trial import FrozenTrial, TrialState

from hpo_glue.sampling import kernel
from hpo_glue.sampling.brackets import are_within, is_bracket, whole
from hpo_glue.sampling.columns import TrialColumns
from hpo_glue.sampling.estimator import HAS_BISECTION, ParzenEstimator, known_orders
from hpo_glue.sampling.history import history_of, trials_of
from hpo_glue.sampling.parzen import log_density
from hpo_glue.sampling.split import Unusual, finished, running, split

# Before Optuna 3.2 an estimator is made of values, afterwards of trials.
_TAKES_TRIALS = hasattr(tpe.TPESampler, "_build_parzen_estimator")
_READS_BRACKETS = not hasattr(optuna.Study, "_get_trials")
IS_KNOWN = all(
    hasattr(owner, member)
    for owner, members in {
        tpe.TPESampler: ["_sample_relative", "_compare"]
        + ["_get_internal_repr", "_compute_acquisition_func", "_sample"] * _TAKES_TRIALS,
        tpe: ["_split_trials"] if _TAKES_TRIALS else ["_split_observation_pairs", "_calculate_weights_below_for_multi_objective"],
        _ParzenEstimator: ["log_pdf", "sample"],
    }.items()
    for member in members
)
# Among so few trials Optuna chooses as quickly, but for its bisection before 4.2.
_FEW = 0 if HAS_BISECTION else 100
# From Optuna 5.0 every sampler heeds the constraints that a trial brings.
_HEEDS_CONSTRAINTS = hasattr(FrozenTrial, "constraints")


class _Split(NamedTuple):
    """What the two estimators are made of: what the installed Optuna takes; ``below`` is None where trials are too few."""

    below: Any
    above: Any = None
    orders: Sequence[numpy.ndarray] = ()
    weights: numpy.ndarray | None = None


class _Observations(list):
    """Stands for trials where Optuna makes an estimator of them: what it wants of them is here already."""

    def __init__(self, values: dict[str, numpy.ndarray]) -> None:
        super().__init__()
        self.values = values


class TPESampler(tpe.TPESampler):
    """As Optuna's, in a fraction of its time."""

    def _sample_relative(
        self, study: Any, trial: FrozenTrial, search_space: dict[str, BaseDistribution]
    ) -> dict[str, Any]:
        split = self._split(study, trial, search_space) if search_space else None
        if split is None:
            return super()._sample_relative(study, trial, search_space)
        return {} if split.below is None else self._choose(study, search_space, split)

    def sample_independent(
        self, study: Any, trial: FrozenTrial, param_name: str, param_distribution: BaseDistribution
    ) -> Any:
        search_space = {param_name: param_distribution}
        split = None if self._warns(study) else self._split(study, trial, search_space)
        if split is None:
            return super().sample_independent(study, trial, param_name, param_distribution)
        if split.below is None:
            return self._random_sampler.sample_independent(study, trial, param_name, param_distribution)
        return self._choose(study, search_space, split)[param_name]

    def _warns(self, study: Any) -> bool:
        """Whether Optuna may want to warn that a parameter is not sampled together with the others."""
        is_multivariate = getattr(self, "_is_multivariate", None)
        return self._warn_independent_sampling and (self._multivariate if is_multivariate is None else is_multivariate(study))

    def _choose(self, study: Any, search_space: dict[str, BaseDistribution], split: _Split) -> dict[str, Any]:
        """As the installed Optuna's method that samples from two estimators."""
        if _TAKES_TRIALS:
            below = self._build_parzen_estimator(study, search_space, split.below, handle_below=True)
            with known_orders(split.orders):
                above = self._build_parzen_estimator(study, search_space, split.above, handle_below=False)
            samples = below.sample(self._rng.rng, self._n_ei_candidates)
            chosen = self._compare(samples, self._compute_acquisition_func(samples, below, above))
        else:
            below = ParzenEstimator(split.below, search_space, self._parzen_estimator_parameters, split.weights)
            with known_orders(split.orders):
                above = ParzenEstimator(split.above, search_space, self._parzen_estimator_parameters)
            samples = below.sample(self._rng, self._n_ei_candidates)
            log_below = below.log_pdf(samples)
            chosen = self._compare(samples, log_below, _log_above(samples, log_below, above))
        return {name: distribution.to_external_repr(chosen[name]) for name, distribution in search_space.items()}

    def _get_internal_repr(self, trials: Any, *arguments: Any) -> dict[str, numpy.ndarray]:
        return trials.values if isinstance(trials, _Observations) else super()._get_internal_repr(trials, *arguments)

    def _compute_acquisition_func(self, samples: dict[str, numpy.ndarray], mpe_below: Any, mpe_above: Any) -> numpy.ndarray:
        log_below = mpe_below.log_pdf(samples)
        return log_below - _log_above(samples, log_below, mpe_above)

    def _split(self, study: Any, trial: FrozenTrial, search_space: dict[str, BaseDistribution]) -> _Split | None:
        """None where Optuna has to do it all itself."""
        if not kernel.is_here() or self._gamma is None or not self._has_usual_estimator():
            return None
        study_of_all = whole(study)
        signs = tuple(1 if direction == StudyDirection.MINIMIZE else -1 for direction in study_of_all.directions)
        trials = trials_of(
            study_of_all, with_running=self._constant_liar, use_cache=not self._constant_liar and not is_bracket(study)
        )
        if len(trials) < _FEW:
            return None
        columns = history_of(study_of_all, TrialColumns, signs)
        with columns.lock:
            columns.follow(trials)
            try:
                return self._split_columns(study, trial, search_space, columns, trials)
            except Unusual:
                return None

    def _has_usual_estimator(self) -> bool:
        """Whether nobody has put a class of his own in the estimator's place; then it is the quicker one from now on."""
        if getattr(self, "_parzen_estimator_cls", None) is _ParzenEstimator:
            self._parzen_estimator_cls = ParzenEstimator
        return getattr(self, "_parzen_estimator_cls", ParzenEstimator) is ParzenEstimator

    def _split_columns(
        self,
        study: Any,
        trial: FrozenTrial,
        search_space: dict[str, BaseDistribution],
        columns: TrialColumns,
        trials: list[FrozenTrial],
    ) -> _Split | None:
        if self._constant_liar:
            # From Optuna 4.5 a trial tells what is chosen for it before it is suggested.
            params_of = getattr(self, "_get_params", lambda other, _: other.params)
            for place, other in columns.unfinished(trials):
                if other.state is TrialState.RUNNING and other.number != trial.number:
                    columns.put_running(place, other, params_of(other, study), {**search_space, **other.distributions})
        # From Optuna 3.3 on it asks for trials in a way that a bracket does not restrict.
        is_shown = not _READS_BRACKETS or are_within(study, columns.column("number"))
        newer = columns.newer(trials)
        if newer:
            is_shown = numpy.full(columns.size, True) & is_shown
            is_shown[newer] = False
        is_finished = finished(columns, is_shown)
        count = int(is_finished.sum())
        if count < self._n_startup_trials:
            return _Split(None)
        n_below = self._gamma(count)
        if not 0 <= n_below <= count:
            raise Unusual
        has_constraints = _HEEDS_CONSTRAINTS or self._constraints_func is not None
        # One trial's suggestions divide the trials in the same way.
        key = None if self._constant_liar or is_bracket(study) else (columns.version, *newer, n_below, has_constraints)
        if key is None or key not in columns.splits:
            below = split(study, columns, trials, is_finished, n_below, has_constraints)
            is_other = is_finished.copy()
            if self._constant_liar:
                is_other |= running(columns) & is_shown & (columns.column("number") != trial.number)
            is_other[below] = False
            columns.splits = {key: (below, numpy.flatnonzero(is_other))}
        below, places = columns.splits[key]
        places = _having(columns, places, search_space)
        values, orders = _values(columns, places, search_space), _orders(columns, places, search_space)
        if _TAKES_TRIALS:
            return _Split([trials[place] for place in below], _Observations(values), orders)
        weights = None
        if columns.objectives > 1:
            scores = [(-numpy.inf, list(loss)) for loss in columns.losses[below]]
            violations = list(columns.column("violation")[below]) if has_constraints else None
            weights = tpe._calculate_weights_below_for_multi_objective(scores, numpy.arange(len(below)), violations)
            weights = weights[~numpy.isnan(columns.values(next(iter(search_space)))[below])]
        below = _having(columns, below, search_space)
        return _Split(_values(columns, below, search_space), values, orders, weights)


def _having(columns: TrialColumns, places: numpy.ndarray, names: Iterable[str]) -> numpy.ndarray:
    """The places of those trials that have all parameters of these names."""
    for name in names:
        places = places[~numpy.isnan(columns.values(name)[places])]
        if not _TAKES_TRIALS:
            break  # before Optuna 3.2 the first one stands for all: in a group trials have all of them or none
    return places


def _values(columns: TrialColumns, places: numpy.ndarray, names: Iterable[str]) -> dict[str, numpy.ndarray]:
    """The trials' values of each parameter."""
    return {name: columns.values(name)[places] for name in names}


def _orders(
    columns: TrialColumns, places: numpy.ndarray, search_space: dict[str, BaseDistribution]
) -> list[numpy.ndarray]:
    """The order of the values of each numerical parameter, as _values gives them."""
    positions = numpy.full(columns.size, -1)
    positions[places] = numpy.arange(len(places))
    orders = []
    for name, distribution in search_space.items():
        if not isinstance(distribution, CategoricalDistribution):
            order = positions[columns.order(name)]
            orders.append(order[order >= 0])
    return orders


def _log_above(samples: dict[str, numpy.ndarray], log_below: numpy.ndarray, above: Any) -> numpy.ndarray:
    """The logarithms of the candidates' densities under the other trials: as C# computes them where these decide."""
    computed = log_density(above, samples)
    if computed is None:
        return above.log_pdf(samples)
    log_above, tolerance = computed
    scores = log_below - log_above
    if not numpy.isfinite(scores).all():
        return above.log_pdf(samples)
    near = numpy.flatnonzero(scores >= scores.max() - tolerance)
    points = numpy.stack(list(samples.values()), axis=1)[near]
    return log_above if (points == points[0]).all() else above.log_pdf(samples)
