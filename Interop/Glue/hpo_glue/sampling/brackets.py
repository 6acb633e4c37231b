"""Hyperband shows samplers and pruners only the trials of one bracket: which ones these are, computed once a trial."""

from __future__ import annotations

import weakref
from types import SimpleNamespace
from typing import Any

import numpy

# By pruner, and below it by the study's name, which decides: the bracket of each trial number.
_brackets: weakref.WeakKeyDictionary[Any, dict[str, numpy.ndarray]] = weakref.WeakKeyDictionary()


def whole(study: Any) -> Any:
    """The study that a bracket is a part of; any other study itself."""
    return study._study if is_bracket(study) else study


def is_bracket(study: Any) -> bool:
    return type(study).__name__ == "_BracketStudy"


def are_within(study: Any, numbers: numpy.ndarray) -> numpy.ndarray | bool:
    """Which trials a study shows, by their numbers."""
    if not is_bracket(study):
        return True
    if len(numbers) == 0:
        return numpy.zeros(0, dtype=bool)
    return _ids(study.pruner, study, int(numbers.max()) + 1)[numbers] == study._bracket_id


def _ids(pruner: Any, study: Any, count: int) -> numpy.ndarray:
    if not pruner._pruners:  # it has yet to learn how many brackets there are
        return numpy.zeros(count, dtype=numpy.int16)
    of_study = _brackets.setdefault(pruner, {})
    known = of_study.get(study.study_name, numpy.zeros(0, dtype=numpy.int16))
    if len(known) < count:
        name = SimpleNamespace(study_name=study.study_name)
        numbers = range(len(known), max(count, len(known) + 64))
        more = [pruner._get_bracket_id(name, SimpleNamespace(number=number)) for number in numbers]
        known = of_study[study.study_name] = numpy.concatenate([known, numpy.array(more, dtype=numpy.int16)])
    return known
