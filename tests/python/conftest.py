"""Makes the glue importable as the library does it (it is embedded in the assembly, not installed), and hpo_dotnet."""

import sys
from pathlib import Path

import optuna
import pytest

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "Interop" / "Glue"), str(ROOT / "Interop" / "python")]
optuna.logging.set_verbosity(optuna.logging.ERROR)


@pytest.fixture(scope="session")
def acme():
    """The objectives of tests/TestObjectives, in this process."""
    import hpo_dotnet
    from hosting import TEST_ASSEMBLY

    return hpo_dotnet.load(TEST_ASSEMBLY)
