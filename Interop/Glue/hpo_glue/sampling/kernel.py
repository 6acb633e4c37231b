"""The C# side of sampling: arithmetic over arrays, which it is handed by their addresses."""

from __future__ import annotations

import os
from typing import Any, Callable

import numpy

_functions: dict[str, Callable[..., Any]] = {}
_process = -1


def connect(functions: dict[str, Callable[..., Any]]) -> None:
    global _functions, _process
    _functions, _process = functions, os.getpid()


def is_here() -> bool:
    """Whether C# can be called: not in a process that was forked from one with .NET."""
    return _process == os.getpid()


class Mixture:
    """A mixture whose components are products of one-dimensional densities.

    :param weights: Of the components, with the sum 1.
    """

    def __init__(self, weights: numpy.ndarray) -> None:
        self._weights = weights
        self._parameters: list[list] = []
        self._arrays: list[numpy.ndarray] = []  # kept while C# uses their addresses
        self._count = 0

    def add_continuous(
        self, x: numpy.ndarray, mu: numpy.ndarray, sigma: numpy.ndarray, low: float, high: float, is_scaled: bool
    ) -> None:
        """Normal densities cut to low … high, at each x; without ``is_scaled`` those of (x - mu) / sigma."""
        self._count = len(x)
        self._parameters.append(["continuous", *self._keep(mu, sigma, x), float(low), float(high), is_scaled])

    def add_discrete(
        self, left: numpy.ndarray, right: numpy.ndarray, mu: numpy.ndarray, sigma: numpy.ndarray, low: float, high: float
    ) -> None:
        """The masses of such densities between left and right."""
        self._count = len(left)
        self._parameters.append(["discrete", *self._keep(mu, sigma, left, right), float(low), float(high)])

    def add_categorical(self, choices: numpy.ndarray, probabilities: numpy.ndarray) -> None:
        """The probabilities of choices, which are counted from 0; ``probabilities`` has a row for each component."""
        self._count = len(choices)
        self._parameters.append(["categorical", *self._keep(choices, probabilities), probabilities.shape[1]])

    def log_density(self) -> numpy.ndarray:
        """Of each point."""
        densities = numpy.empty(self._count)
        (weights,) = self._keep(self._weights)
        _functions["log_density"](len(self._weights), weights, self._parameters, densities.ctypes.data, self._count)
        return densities

    def _keep(self, *arrays: numpy.ndarray) -> list[int]:
        kept = [_floats(array) for array in arrays]
        self._arrays += kept
        return [array.ctypes.data for array in kept]


def first_fronts(losses: numpy.ndarray, count: int) -> numpy.ndarray:
    """The places of the points of the first non-dominated fronts, as many fronts as are needed to have ``count`` points.

    :param losses: A row a point, smaller is better.
    """
    losses = _floats(losses)
    are_first = numpy.zeros(len(losses), dtype=numpy.uint8)
    _functions["first_fronts"](losses.ctypes.data, *losses.shape, count, are_first.ctypes.data)
    return numpy.flatnonzero(are_first)


def has_quantiles() -> bool:
    """Whether ``quantiles`` can be called here."""
    return _functions["has_quantiles"]()


def quantiles(logarithms: numpy.ndarray, halves_at_end: bool) -> numpy.ndarray:
    """The quantiles of the standard normal distribution at the logarithms of probabilities.

    :param halves_at_end: Whether a bisection that took all its steps ends with the middle of what is left.
    """
    found = numpy.array(logarithms, dtype=numpy.float64)
    _functions["quantiles"](found.ctypes.data, found.size, halves_at_end)
    return found


def _floats(array: numpy.ndarray) -> numpy.ndarray:
    return numpy.ascontiguousarray(array, dtype=numpy.float64)
