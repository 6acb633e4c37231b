"""The twin of tests/TestObjectives/Landscape.cs."""

import optuna


def value_of(trial):
    x = trial.suggest_float("x", -10, 10)
    rate = trial.suggest_float("rate", 1e-5, 1e-1, log=True)
    share = trial.suggest_float("share", 0, 1, step=0.25)
    width = trial.suggest_int("width", 1, 100, log=True)
    color = trial.suggest_categorical("color", ["red", "green", "blue"])
    value = (x - 2) * (x - 2) + rate * 100 + share + width * 0.125
    if color == "green":
        value += trial.suggest_float("only green", 0, 1)
    return value, width - x


def two_values(trial):
    return value_of(trial)


def one_value(trial):
    value, _ = value_of(trial)
    for step in range(5):
        trial.report(value + (trial.number % 3 - 1) * step * 4, step)
        if trial.should_prune():
            raise optuna.TrialPruned(f"pruned at step {step}")
    return value
