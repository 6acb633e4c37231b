"""What a C# objective does in a study of Python."""

import copy
import pickle

import hpo_dotnet
import optuna
import pytest
from hosting import run_script
from landscape import one_value, two_values
from optuna.trial import FixedTrial, TrialState


def run(objective, n_trials=1, **arguments):
    study = optuna.create_study()
    study.optimize(objective, n_trials=n_trials, **arguments)
    return study


def facts(study):
    return [
        (trial.number, trial.state, trial.values, trial.params, trial.intermediate_values, trial.distributions)
        for trial in study.trials
    ]


def test_the_value_of_a_trial_is_what_the_objective_gives(acme):
    trial = run(acme.objective("quadratic", target=3)).trials[0]
    assert trial.value == (trial.params["x"] - 3) * (trial.params["x"] - 3)


@pytest.mark.parametrize(
    "sampler", [optuna.samplers.TPESampler, optuna.samplers.RandomSampler, optuna.samplers.CmaEsSampler]
)
def test_with_the_same_seed_a_study_equals_the_one_with_the_objective_in_python(acme, sampler):
    studies = []
    for objective in (acme.objective("landscape"), one_value):
        study = optuna.create_study(sampler=sampler(seed=7), pruner=optuna.pruners.MedianPruner())
        study.optimize(objective, n_trials=40)
        studies.append(study)
    assert facts(studies[0]) == facts(studies[1])
    assert {trial.state for trial in studies[0].trials} == {TrialState.COMPLETE, TrialState.PRUNED}


def test_several_values_are_a_tuple(acme):
    studies = []
    for objective in (acme.objective("landscape", two_values=True), two_values):
        study = optuna.create_study(
            directions=["minimize", "maximize"], sampler=optuna.samplers.NSGAIISampler(seed=7, population_size=8)
        )
        study.optimize(objective, n_trials=30)
        studies.append(study)
    assert facts(studies[0]) == facts(studies[1])
    assert acme.objective("outcome", kind="values")(FixedTrial({})) == (1.5, -2.5)


def test_user_attributes_arrive(acme):
    trial = run(acme.objective("outcome", kind="value")).trials[0]
    assert trial.user_attrs == {"kind": "value", "facts": {"list": [1, 2], "none": None}}


def test_a_pruned_trial_is_optunas_own_trial_pruned(acme):
    objective = acme.objective("outcome", kind="prune")
    with pytest.raises(optuna.TrialPruned, match="^hopeless$"):
        objective(FixedTrial({}))
    assert run(objective).trials[0].state == TrialState.PRUNED


def test_nan_fails_the_trial_and_the_study_goes_on(acme):
    assert [trial.state for trial in run(acme.objective("outcome", kind="nan"), 2).trials] == [TrialState.FAIL] * 2


def test_an_exception_in_csharp_ends_the_study_with_its_type_message_and_stack(acme):
    with pytest.raises(hpo_dotnet.DotNetError) as raised:
        run(acme.objective("outcome", kind="throw"))
    assert raised.value.type_name == "System.InvalidOperationException"
    assert raised.value.message == "the furnace is cold: no fire"
    text = str(raised.value)
    assert text.startswith("System.InvalidOperationException: the furnace is cold: no fire\n")
    assert "at Acme.Outcome.Evaluate(Trial trial)" in text and "Outcomes.cs:line" in text


def test_the_causes_of_an_exception_are_told(acme):
    with pytest.raises(hpo_dotnet.DotNetError) as raised:
        acme.objective("outcome", kind="nested")(FixedTrial({}))
    assert "System.ArgumentException: first" in str(raised.value)
    assert "System.TimeoutException: second" in str(raised.value)


def test_an_exception_that_is_caught_fails_the_trial_and_the_study_goes_on(acme):
    study = run(acme.objective("outcome", kind="throw"), 3, catch=(hpo_dotnet.DotNetError,))
    assert [trial.state for trial in study.trials] == [TrialState.FAIL] * 3


def test_an_exception_can_be_pickled_with_its_text(acme):
    with pytest.raises(hpo_dotnet.DotNetError) as raised:
        acme.objective("outcome", kind="throw")(FixedTrial({}))
    restored = pickle.loads(pickle.dumps(raised.value))
    assert type(restored) is hpo_dotnet.DotNetError and str(restored) == str(raised.value)
    assert restored.type_name == raised.value.type_name


def test_an_error_of_optuna_passes_through_csharp_as_the_same_object(acme):
    class Refusing(FixedTrial):
        error = KeyError("mine")

        def suggest_float(self, name, low, high, **_):
            raise self.error

    with pytest.raises(KeyError) as raised:
        acme.objective("quadratic")(Refusing({}))
    assert raised.value is Refusing.error
    assert "suggest_float" in [entry.name for entry in raised.traceback]
    with pytest.raises(ValueError, match="5.*1"):
        run(acme.objective("wrong-range"))


def test_csharp_can_handle_an_error_of_optuna(acme):
    assert run(acme.objective("wrong-range", handle=True)).trials[0].user_attrs == {"error": "ValueError"}


def test_trials_run_at_the_same_time(acme):
    study = run(acme.objective("meeting"), 6, n_jobs=2)
    assert [trial.value for trial in study.trials] == [1.0] * 6


def test_an_objective_may_use_its_trial_on_threads_of_its_own(acme):
    trial = run(acme.objective("threads", count=8)).trials[0]
    assert set(trial.params) == {f"x{i}" for i in range(8)}
    assert trial.value == pytest.approx(sum(trial.params.values()))


def test_trials_of_ask_and_tell(acme):
    study = optuna.create_study()
    trial = study.ask({"x": optuna.distributions.FloatDistribution(-10, 10)})
    study.tell(trial, acme.objective("quadratic")(trial))
    assert study.best_value == (trial.params["x"] - 2) ** 2


def test_fixed_trials_and_finished_ones(acme):
    objective = acme.objective("quadratic")
    assert objective(FixedTrial({"x": 5.0})) == 9.0
    study = run(objective, 3)
    assert objective(study.best_trial) == study.best_value
    with pytest.raises(ValueError, match="'x'"):
        objective(FixedTrial({}))


def test_what_is_no_trial_is_refused(acme):
    with pytest.raises(TypeError, match="takes a trial of Optuna, and got a dict"):
        acme.objective("quadratic")({"x": 1})


@pytest.mark.parametrize("clone", [lambda objective: pickle.loads(pickle.dumps(objective)), copy.deepcopy])
def test_an_objective_can_be_pickled_and_copied(acme, clone):
    objective = clone(acme.objective("quadratic", target=-1))
    assert (objective.name, objective.settings, objective.isolated) == ("quadratic", {"target": -1}, False)
    assert objective(FixedTrial({"x": 0.0})) == 1.0


def test_an_objective_tells_what_it_is(acme):
    assert repr(acme.objective("quadratic", target=1.5)) == "<hpo_dotnet.Objective 'quadratic', target=1.5>"


def test_an_objective_that_holds_resources_is_disposed_with_its_last_user(tmp_path):
    ran = run_script(
        tmp_path,
        """
        objective = hpo_dotnet.load(ACME).objective("meeting")
        same = objective
        del objective
        print("in use", flush=True)
        del same
        print("gone", flush=True)
        """,
    )
    assert ran.stdout.split("\n") == ["in use", "disposed", "gone", ""], ran.stderr


def test_a_study_in_a_database(acme, tmp_path):
    url = f"sqlite:///{tmp_path / 'study.db'}"
    study = optuna.create_study(storage=url, study_name="s", pruner=optuna.pruners.MedianPruner(n_startup_trials=2))
    study.optimize(acme.objective("landscape"), n_trials=6, n_jobs=2)
    loaded = optuna.load_study(study_name="s", storage=url)
    assert facts(loaded) == facts(study) and len(loaded.trials) == 6
