"""A study's trials as they are stored now, for those who show them or decide by them."""

from __future__ import annotations

from typing import Any

from optuna.trial import FrozenTrial, TrialState


def current_trials(study: Any, states: tuple[TrialState, ...] | None = None) -> list[FrozenTrial]:
    """Not copies, for which Optuna's samplers ask, too: the native MySQL storage may answer those from a moment ago."""
    read = getattr(study._storage, "read_now", None)
    return study.get_trials(deepcopy=False, states=states) if read is None else read(study._study_id, states)
