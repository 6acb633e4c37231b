from optuna.pruners import HyperbandPruner as HyperbandPruner
from optuna.pruners import MedianPruner as MedianPruner
from optuna.pruners import PercentilePruner as PercentilePruner
from optuna.pruners import SuccessiveHalvingPruner as SuccessiveHalvingPruner

__all__ = ["HyperbandPruner", "MedianPruner", "PercentilePruner", "SuccessiveHalvingPruner"]
