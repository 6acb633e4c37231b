"""What a terminator measures by, through the glue."""

import optuna
import pytest
from hpo_glue import features, terminators


class Remaining:
    """Counts the complete trials down from ten."""

    def evaluate(self, trials, study_direction):
        assert study_direction == optuna.study.StudyDirection.MAXIMIZE
        return 10 - len(trials)


class Least:
    def evaluate(self, trials, study_direction):
        return min(trial.value for trial in trials)


class Late:
    """As Optuna's own: its package is imported when something is estimated."""

    def evaluate(self, trials, study_direction):
        raise ModuleNotFoundError("No module named 'torch'", name="torch")


@pytest.fixture
def study():
    study = optuna.create_study(direction="maximize")
    for value in (3.0, None, 2.0, 5.0):
        trial = study.ask()
        if value is None:
            study.tell(trial, state=optuna.trial.TrialState.FAIL)
        else:
            study.tell(trial, value)
    return study


def test_complete_trials_are_judged_up_to_each_count(study):
    assert terminators.improvements(study, Remaining(), None, [1, 3]) == [[9.0, None], [7.0, None]]
    assert terminators.improvements(study, Remaining(), Least(), [1, 2, 3]) == [[9.0, 3.0], [8.0, 2.0], [7.0, 2.0]]


def test_a_package_that_is_imported_late_is_named_too(study):
    with pytest.raises(features.FeatureMissingError, match=r"terminator\.Late of Optuna .* needs the Python package torch.*python3-torch"):
        terminators.improvements(study, Late(), None, [1])
