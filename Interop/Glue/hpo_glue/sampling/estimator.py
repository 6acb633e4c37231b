"""Optuna's Parzen estimator with quicker means to the same ends.

It stays Optuna's own code, of whichever version: only some of the functions that it finds under their names are others, which
give the same to the last bit. Nobody else finds them there.
"""

from __future__ import annotations

import functools
import math
import threading
from contextlib import contextmanager
from types import FunctionType, SimpleNamespace
from typing import Any, Callable, Iterator

import numpy
from optuna.samplers._tpe import _truncnorm, parzen_estimator

from hpo_glue.sampling import kernel


def rebound(function: Callable, **names: Any) -> Callable:
    """A copy of a function of Python that finds these under their names."""
    copy = FunctionType(
        function.__code__, {**function.__globals__, **names}, function.__name__, function.__defaults__, function.__closure__
    )
    copy.__kwdefaults__ = function.__kwdefaults__
    return copy


def rebound_class(cls: type, **names: Any) -> type:
    """A subclass whose methods find these under their names."""
    methods: dict[str, Any] = {"__module__": __name__, "__slots__": ()}
    for name, member in vars(cls).items():
        if isinstance(member, FunctionType):
            methods[name] = rebound(member, **names)
        elif isinstance(member, staticmethod):
            methods[name] = staticmethod(rebound(member.__func__, **names))
    return type(cls)(cls.__name__, (cls,), methods)


HAS_BISECTION = hasattr(_truncnorm, "_ndtri_exp_single")  # before Optuna 4.2; from then on numpy does it for all at once


class _Orders(threading.local):
    def __init__(self) -> None:
        self.known: list[numpy.ndarray] = []


_orders = _Orders()


@contextmanager
def known_orders(orders: list[numpy.ndarray]) -> Iterator[None]:
    """Tells the estimators that are made meanwhile in which order the values of their parameters are, one after the other."""
    _orders.known = list(orders)
    try:
        yield
    finally:
        _orders.known = []


class _Numpy:
    """numpy, with an ``argsort`` that need not sort what is known to be in order."""

    def __getattr__(self, name: str) -> Any:
        value = getattr(numpy, name)
        setattr(self, name, value)
        return value

    @staticmethod
    def argsort(array: numpy.ndarray) -> numpy.ndarray:
        if array.dtype.kind == "i":  # an order, whose inverse is asked for
            inverse = numpy.empty_like(array)
            inverse[array] = numpy.arange(len(array))
            return inverse
        if _orders.known:
            order = _orders.known.pop(0)
            if len(order) == len(array) - 1:  # with the prior at the end
                order = numpy.insert(order, numpy.searchsorted(array[order], array[-1]), len(order))
            ordered = array[order] if len(order) == len(array) else array
            if (ordered[1:] > ordered[:-1]).all():  # which no other order is
                return order
        return numpy.argsort(array)


def _make_class() -> type:
    names: dict[str, Any] = {"np": _Numpy()}
    if HAS_BISECTION:
        ppf = rebound(_truncnorm.ppf, _ndtri_exp=_ndtri_exp)
        truncnorm = SimpleNamespace(**{**vars(_truncnorm), "rvs": rebound(_truncnorm.rvs, ppf=ppf)})
        names["truncnorm"] = truncnorm  # as Optuna 3.1 names it in this module
        mixture = getattr(parzen_estimator, "_MixtureOfProductDistribution", None)
        if mixture is not None:
            names["_MixtureOfProductDistribution"] = rebound_class(mixture, _truncnorm=truncnorm)
    return rebound_class(parzen_estimator._ParzenEstimator, **names)


def _ndtri_exp(y: numpy.ndarray) -> numpy.ndarray:
    halves_at_end = _variant() if kernel.is_here() else None
    return _truncnorm._ndtri_exp(y) if halves_at_end is None else kernel.quantiles(y, halves_at_end)


@functools.lru_cache(None)
def _variant() -> bool | None:
    """How C# finds the very same quantiles, with the functions of the C library that Python's math module calls; None where it does
    not."""
    y = -numpy.concatenate([numpy.geomspace(1e-12, 5000, 60), [math.log(2), 0.1, 1.0]])
    if kernel.has_quantiles():
        with numpy.errstate(all="ignore"):
            expected = _truncnorm._ndtri_exp(y)
        for halves_at_end in (False, True):
            if numpy.array_equal(kernel.quantiles(y, halves_at_end), expected):
                return halves_at_end
    return None


ParzenEstimator = _make_class()
ParzenEstimator.__name__ = ParzenEstimator.__qualname__ = "ParzenEstimator"
