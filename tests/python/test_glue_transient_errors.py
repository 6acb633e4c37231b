"""C# and Python retry after the same errors of a database: a number that only one of them knows fails here."""

import re
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy.exc

from hpo_glue.retry import is_not_applied, is_transient

TABLES = Path(__file__).parents[2] / "Interop" / "Tables"
SQLITE_CODES = range(1, 101)


def wrapped(error):
    return sqlalchemy.exc.OperationalError("statement", {}, error)


def mysql(number):
    return wrapped(Exception(number, "words"))


def sqlite(code):
    error = sqlite3.OperationalError("words")
    error.sqlite_errorcode = code
    return wrapped(error)


def csharp_lists(file):
    """The names and numbers in each list of a C# source."""
    source = (TABLES / file).read_text()
    return {name: re.findall(r"\w+", body) for name, body in re.findall(r"int\[\] (\w+) =\s*\[([^\]]*)\]", source)}


def test_the_numbers_of_mysql_are_the_same():
    lists = csharp_lists("MySql/MySqlErrors.cs")
    assert lists.keys() == {"RolledBack", "Unavailable"}
    known = {int(number) for numbers in lists.values() for number in numbers}
    assert {number for number in range(10_000) if is_transient(mysql(number))} == known
    assert all(is_not_applied(mysql(int(number))) for number in lists["RolledBack"])


def test_the_codes_of_sqlite_are_the_same():
    source = (TABLES / "Sqlite" / "SqliteErrors.cs").read_text()
    values = {name: int(value) for name, value in re.findall(r"const int (\w+) = (\d+);", source)}
    (names,) = csharp_lists("Sqlite/SqliteErrors.cs").values()
    assert {code for code in SQLITE_CODES if is_transient(sqlite(code))} == {values[name] for name in names}


def test_an_extended_code_of_sqlite_is_a_kind_of_its_code():
    busy_snapshot, read_failed = 5 | 2 << 8, 10 | 1 << 8
    assert is_not_applied(sqlite(busy_snapshot))
    assert is_transient(sqlite(read_failed)) and not is_not_applied(sqlite(read_failed))


@pytest.mark.parametrize("words, is_known", [
    ("database is locked", True), ("database table is locked: trials", True), ("disk I/O error", True),
    ("unable to open database file", True), ("attempt to write a readonly database", False),
])
def test_a_driver_without_codes_is_known_by_its_words(words, is_known):
    assert is_transient(wrapped(Exception(words))) == is_known


def test_a_file_that_cannot_be_opened_is_known_with_the_installed_driver(tmp_path):
    with pytest.raises(sqlite3.OperationalError) as failure:
        sqlite3.connect(tmp_path / "nowhere" / "s.db")
    assert is_transient(wrapped(failure.value))
