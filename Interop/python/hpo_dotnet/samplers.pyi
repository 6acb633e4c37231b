from optuna.samplers import TPESampler as TPESampler

__all__ = ["TPESampler"]
