from optuna.samplers import BruteForceSampler as BruteForceSampler
from optuna.samplers import GridSampler as GridSampler
from optuna.samplers import NSGAIIISampler as NSGAIIISampler  # from Optuna 3.2
from optuna.samplers import NSGAIISampler as NSGAIISampler
from optuna.samplers import TPESampler as TPESampler

__all__ = ["BruteForceSampler", "GridSampler", "NSGAIIISampler", "NSGAIISampler", "TPESampler"]
