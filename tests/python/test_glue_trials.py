import json
import math

import numpy
import optuna
import pytest
from optuna.trial import TrialState

from hpo_glue import trials


@pytest.mark.parametrize(
    "value, choices, index",
    [
        (True, [1, True], 1),
        (1, [True, 1], 1),
        (1.0, [1, 1.0], 1),
        ("1", [1, "1"], 1),
        (None, ["a", None], 1),
        ("b", ["a", "b"], 1),
        (float("nan"), [1.5, float("nan")], 1),
        (2, [1.0, 2.0], 1),
    ],
)
def test_a_choice_is_found_by_value_and_type(value, choices, index):
    assert trials.index_of(value, choices) == index


def test_an_unknown_choice_is_an_error():
    with pytest.raises(ValueError):
        trials.index_of("c", ["a", "b"])


def test_plain_keeps_what_crosses_and_words_the_rest():
    value = {
        "numpy": numpy.float64(1.5),
        "tuple": (1, [True, None]),
        2: "int key",
        "huge": 2**70,
        "object": TrialState,
    }
    assert trials.plain(value) == {
        "numpy": 1.5,
        "tuple": [1, [True, None]],
        "2": "int key",
        "huge": str(2**70),
        "object": repr(TrialState),
    }


def test_a_trial_survives_freezing_and_thawing():
    study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))

    def objective(trial):
        x = trial.suggest_float("x", 0, 1, step=0.25)
        n = trial.suggest_int("n", 1, 64, log=True)
        trial.suggest_categorical("c", [None, "a", 1.5])
        trial.report(x, 3)
        trial.set_user_attr("note", ["deep", {"er": 1}])
        return x + n

    study.optimize(objective, n_trials=1)
    number, state, values, params, distributions, reports, user, system, start, end = trials.freeze(
        study.trials[0]
    )
    json.dumps([params, distributions, reports, user, system, start, end])
    assert (number, state) == (0, "COMPLETE")
    thawed = trials.thaw(
        {
            "state": state,
            "values": values,
            "params": params,
            "distributions": distributions,
            "intermediate_values": reports,
            "user_attrs": user,
            "system_attrs": system,
        }
    )
    original = study.trials[0]
    assert thawed.params == original.params
    assert thawed.distributions == original.distributions
    assert thawed.intermediate_values == original.intermediate_values
    assert thawed.user_attrs == original.user_attrs
    assert thawed.values == original.values


def test_a_failed_trial_has_no_values():
    study = optuna.create_study()
    study.optimize(lambda trial: math.nan, n_trials=1)
    frozen = trials.freeze(study.trials[0])
    assert frozen[1] == "FAIL" and frozen[2] is None


def test_text_that_is_not_unicode_crosses_as_csharp_reads_it():
    assert trials.plain({"a\udcff": ["\ud800b", "é\U0001f600", None]}) == {"a\ufffd": ["\ufffdb", "é\U0001f600", None]}
