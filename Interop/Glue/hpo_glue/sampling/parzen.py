"""The density of one of Optuna's Parzen estimators, computed by C# from the arrays that the estimator holds."""

from __future__ import annotations

from typing import Any

import numpy
from optuna.samplers._tpe import parzen_estimator

from hpo_glue.sampling.kernel import Mixture

# What two implementations of a density differ by is far below this; below it rounding may decide which is larger.
_TOLERANCE = 1e-9
# The mass of a narrow interval is a difference of two numbers near 1, of which the rounding is left.
_TOLERANCE_OF_MASS = 1e-14

# From Optuna 3.2 an estimator holds a mixture of distributions; before, an array of each kind by parameter.
_HAS_MIXTURE = not hasattr(parzen_estimator._ParzenEstimator, "_precompute_sigmas0")


def log_density(estimator: Any, samples: dict[str, numpy.ndarray]) -> tuple[numpy.ndarray, float] | None:
    """The logarithms, and how near to each other two of them must be for rounding to matter. None where the installed
    Optuna's estimator is of a kind that is not known."""
    try:
        return (_of_mixture if _HAS_MIXTURE else _of_arrays)(estimator, samples)
    except AttributeError:
        return None


def _of_arrays(estimator: Any, samples: dict[str, numpy.ndarray]) -> tuple[numpy.ndarray, float]:
    mixture, tolerance = Mixture(estimator._weights), _TOLERANCE
    for name, x in estimator._transform_to_uniform(samples).items():
        low, high, step = estimator._low[name], estimator._high[name], estimator._q[name]
        mu, sigma = estimator._mus[name], estimator._sigmas[name]
        if mu is None:
            mixture.add_categorical(x, estimator._categorical_weights[name])
        elif step is None:
            mixture.add_continuous(x, mu, sigma, low, high, is_scaled=False)
        else:
            left, right = numpy.maximum(x - step / 2, low), numpy.minimum(x + step / 2, high)
            mixture.add_discrete(left, right, mu, sigma, low, high)
            tolerance += _TOLERANCE_OF_MASS * sigma.max() / step
    return mixture.log_density(), tolerance


def _of_mixture(estimator: Any, samples: dict[str, numpy.ndarray]) -> tuple[numpy.ndarray, float] | None:
    known = estimator._mixture_distribution
    mixture, tolerance = Mixture(known.weights), _TOLERANCE
    for x, distribution in zip(estimator._transform(samples).T, known.distributions):
        kind = type(distribution).__name__
        if kind == "_BatchedCategoricalDistributions":
            mixture.add_categorical(x, distribution.weights)
            continue
        if kind not in _NUMERIC:
            return None
        mu, sigma, low, high, step = distribution.mu, distribution.sigma, distribution.low, distribution.high, 0.0
        edge = _identity
        if "Discrete" in kind:
            step = distribution.step
            low, high = low - step / 2, high + step / 2
        if "Log" in kind:  # from Optuna 4.3; before, the estimator hands over logarithms
            edge = numpy.log
            low, high = numpy.log(low), numpy.log(high)
        if step:
            left, right = edge(x - step / 2), edge(x + step / 2)
            mixture.add_discrete(left, right, mu, sigma, low, high)
            tolerance += _TOLERANCE_OF_MASS * sigma.max() / (right - left).min()
        else:
            mixture.add_continuous(edge(x), mu, sigma, low, high, is_scaled=True)
    return mixture.log_density(), tolerance


def _identity(x: numpy.ndarray) -> numpy.ndarray:
    return x


_NUMERIC = {
    "_BatchedTruncNormDistributions",
    "_BatchedTruncLogNormDistributions",
    "_BatchedDiscreteTruncNormDistributions",
    "_BatchedDiscreteTruncLogNormDistributions",
}
