"""Makes the glue importable as the library does it (it is embedded in the assembly, not installed), and hpo_dotnet."""

import os
import subprocess
import sys
import uuid
from contextlib import contextmanager
from pathlib import Path

import optuna
import pytest

ROOT = Path(__file__).parents[2]
LONG = os.environ.get("HPO_TEST_LONG") == "1"  # scripts/test --long: more cases of what is sampled otherwise
sys.path[:0] = [str(ROOT / "Interop" / "Glue"), str(ROOT / "Interop" / "python")]
optuna.logging.set_verbosity(optuna.logging.ERROR)


@pytest.fixture(scope="session")
def acme():
    """The objectives of tests/TestObjectives, in this process."""
    import hpo_dotnet
    from hosting import TEST_ASSEMBLY

    return hpo_dotnet.load(TEST_ASSEMBLY)


@pytest.fixture(scope="session")
def mysql_server(tmp_path_factory):
    """The URL of a private server, without a database; HPO_TEST_SERVER (mariadb or mysql) chooses it where both are."""
    data = tmp_path_factory.mktemp("mysql")
    start, stop = ([str(ROOT / "scripts" / name), "--data", str(data)] for name in ("start-mysql", "stop-mysql"))
    chosen = os.environ.get("HPO_TEST_SERVER")
    started = subprocess.run(start + ["--server", chosen] * bool(chosen), capture_output=True, text=True)
    assert started.returncode == 0, started.stderr
    url = started.stdout.strip().rpartition("/")[0]
    execute(url, "SET GLOBAL innodb_flush_log_at_trx_commit = 2")  # no machine loses its power here
    yield url
    subprocess.run(stop, check=True, capture_output=True)


@pytest.fixture(scope="session")
def is_mariadb(mysql_server):
    """Whether it is a MariaDB, for what the two servers do differently."""
    ((version,),) = fetch(mysql_server, "SELECT VERSION()")
    return "MariaDB" in version


@pytest.fixture
def mysql_url(mysql_server):
    """The URL of an empty database."""
    name = f"test_{uuid.uuid4().hex}"
    execute(mysql_server, f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
    return f"{mysql_server}/{name}"


def execute(url, *statements):
    with _connected(url) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def fetch(url, query, *values):
    with _connected(url) as connection:
        return connection.exec_driver_sql(query, values).all()


@contextmanager
def _connected(url):
    import sqlalchemy

    engine = sqlalchemy.create_engine(url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()
