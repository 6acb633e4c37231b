"""Samplers and pruners of Optuna's that do not slow down as a study grows, and choose the same. See docs/sampling.md."""
