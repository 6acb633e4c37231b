"""Makes the glue importable as the library does it: the package is embedded in the assembly, not installed."""

import sys
from pathlib import Path

import optuna

sys.path.insert(0, str(Path(__file__).parents[2] / "Interop" / "Glue"))
optuna.logging.set_verbosity(optuna.logging.ERROR)
