"""Read by the search for a Python with Optuna."""

__version__ = "0.0"
