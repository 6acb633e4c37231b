"""Terminators, and what they measure by."""

from __future__ import annotations

from typing import Any

from optuna.trial import TrialState

from hpo_glue import features


def should_terminate(terminator: Any, study: Any) -> bool:
    return bool(terminator.should_terminate(study))


def improvements(study: Any, improvement: Any, error: Any, counts: list[int]) -> list[list[float | None]]:
    """What could still be gained after so many complete trials, and the error of their values."""
    trials = study.get_trials(deepcopy=False, states=(TrialState.COMPLETE,))
    with features.packages_of(f"terminator.{type(improvement).__name__}"):
        return [
            [
                float(improvement.evaluate(trials[:count], study.direction)),
                None if error is None else float(error.evaluate(trials[:count], study.direction)),
            ]
            for count in counts
        ]


def report_cross_validation_scores(trial: Any, scores: list[float]) -> None:
    features.find("terminator", "report_cross_validation_scores")(trial, scores)
