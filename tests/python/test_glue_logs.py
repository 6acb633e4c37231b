import logging

import optuna
import pytest

from hpo_glue import logs


@pytest.fixture(autouse=True)
def as_before():
    level = optuna.logging.get_verbosity()
    yield
    optuna.logging.set_verbosity(level)
    optuna.logging.enable_default_handler()
    optuna.logging.disable_propagation()


def test_the_verbosity_is_set_and_told():
    logs.set_verbosity(logging.ERROR)
    assert logs.get_verbosity() == optuna.logging.get_verbosity() == logging.ERROR


def test_the_default_handler_comes_and_goes():
    logs.use_default_handler(False)
    without = len(logging.getLogger("optuna").handlers)
    logs.use_default_handler(True)
    assert len(logging.getLogger("optuna").handlers) == without + 1


def test_lines_reach_the_root_logger_on_request():
    logs.propagate(True)
    assert logging.getLogger("optuna").propagate
    logs.propagate(False)
    assert not logging.getLogger("optuna").propagate
