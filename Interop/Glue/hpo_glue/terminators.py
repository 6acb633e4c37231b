"""Terminators, and what they measure by."""

from __future__ import annotations

from typing import Any

from hpo_glue import features


def should_terminate(terminator: Any, study: Any) -> bool:
    return bool(terminator.should_terminate(study))


def report_cross_validation_scores(trial: Any, scores: list[float]) -> None:
    features.find("terminator", "report_cross_validation_scores")(trial, scores)
