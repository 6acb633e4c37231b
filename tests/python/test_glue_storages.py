"""Journals in files that grow while they are read."""

import inspect
import json

import optuna
import pytest
from hpo_glue import storages

DISTRIBUTION = optuna.distributions.FloatDistribution(0, 1)


@pytest.fixture
def journal(tmp_path):
    """A study's journal, and its file."""
    path = tmp_path / "journal.log"
    storage = storages.journal_file_storage(str(path), None, None)
    study = optuna.create_study(storage=storage)
    study.add_trial(optuna.create_trial(value=1, params={"x": 0.5}, distributions={"x": DISTRIBUTION}))
    return storage._backend, path


class Growing:
    """An open file whose last line is written to its end just after its reader has met the end of the file."""

    def __init__(self, path, rest):
        self._file = open(path, "rb")
        self._path, self._rest = path, rest

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._file.close()

    def seek(self, offset):
        self._file.seek(offset)

    def fileno(self):
        return self._file.fileno()

    def __iter__(self):
        yield from self._file
        with open(self._path, "ab") as writer:
            writer.write(self._rest)
        yield from self._file


def test_a_line_that_is_being_written_is_no_broken_file(journal, monkeypatch):
    backend, path = journal
    whole = path.read_bytes()
    expected = [json.loads(line) for line in whole.splitlines()]
    rest = whole[-20:]
    path.write_bytes(whole[:-20])
    files = iter([Growing(path, rest)])
    module = inspect.getmodule(type(backend))
    monkeypatch.setattr(module, "open", lambda *arguments: next(files, None) or open(*arguments), raising=False)
    # What is written after the reading began may be left to the next one.
    read = list(backend.read_logs(0))
    read += list(backend.read_logs(len(read)))
    assert read == expected


def test_a_broken_file_is_told(journal):
    backend, path = journal
    path.write_bytes(path.read_bytes().replace(b"}", b"", 1))
    with pytest.raises(json.JSONDecodeError):
        list(backend.read_logs(0))
