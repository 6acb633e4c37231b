"""C# objectives and other processes: spawned, forked, isolated; and torch."""

import hpo_dotnet
import optuna
import pytest
from hosting import TEST_ASSEMBLY, run_script
from landscape import one_value
from optuna.trial import FixedTrial, TrialState


@pytest.fixture
def isolated(acme):
    return lambda name, **settings: acme.objective(name, isolated=True, **settings)


def test_an_objective_works_in_spawned_processes(tmp_path):
    ran = run_script(
        tmp_path,
        """
        import multiprocessing

        def evaluate(objective, x):
            return objective(optuna.trial.FixedTrial({"x": x}))

        if __name__ == "__main__":
            objective = hpo_dotnet.load(ACME).objective("quadratic", target=1)
            with multiprocessing.get_context("spawn").Pool(2) as pool:
                print(pool.starmap(evaluate, [(objective, x) for x in (1.0, 2.0, 3.0)]))
        """,
    )
    assert ran.stdout == "[0.0, 1.0, 4.0]\n", ran.stderr


def test_after_a_fork_it_is_refused_instead_of_hanging(tmp_path):
    ran = run_script(
        tmp_path,
        """
        import multiprocessing
        objective = hpo_dotnet.load(ACME).objective("quadratic")

        def child(answers):
            for act in (lambda: objective(optuna.trial.FixedTrial({"x": 1.0})), lambda: hpo_dotnet.load(ACME)):
                try:
                    act()
                except hpo_dotnet.HostError as error:
                    answers.put(str(error))

        fork = multiprocessing.get_context("fork")
        answers = fork.Queue()
        process = fork.Process(target=child, args=(answers,))
        process.start()
        for _ in range(2):
            print(answers.get())
        process.join()
        print(process.exitcode, objective(optuna.trial.FixedTrial({"x": 5.0})))
        """,
    )
    refused, again, last = ran.stdout.splitlines()
    assert refused == again
    assert "forked from one that runs .NET" in refused and "spawn" in refused and "isolated=True" in refused
    assert last == "0 9.0", ran.stderr


def test_an_isolated_objective_works_after_a_fork(tmp_path):
    ran = run_script(
        tmp_path,
        """
        import os
        objective = hpo_dotnet.load(ACME).objective("quadratic", isolated=True)
        if (child := os.fork()) == 0:
            print(objective(optuna.trial.FixedTrial({"x": 5.0})), flush=True)
            os._exit(0)
        os.waitpid(child, 0)
        print(objective(optuna.trial.FixedTrial({"x": 6.0})))
        """,
    )
    assert ran.stdout.split() == ["9.0", "16.0"], ran.stderr


def test_a_process_that_was_forked_before_dotnet_started_can_start_it(tmp_path):
    ran = run_script(
        tmp_path,
        """
        import os
        if (child := os.fork()) == 0:
            print(hpo_dotnet.load(ACME).objective("quadratic")(optuna.trial.FixedTrial({"x": 5.0})), flush=True)
            os._exit(0)
        print(os.waitpid(child, 0)[1])
        """,
    )
    assert ran.stdout.split() == ["9.0", "0"], ran.stderr


def test_an_isolated_study_equals_one_in_process(isolated):
    studies = []
    for objective in (isolated("landscape"), one_value):
        study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=7), pruner=optuna.pruners.MedianPruner())
        study.optimize(objective, n_trials=30)
        studies.append([(trial.state, trial.values, trial.params, trial.intermediate_values) for trial in study.trials])
    assert studies[0] == studies[1]
    assert TrialState.PRUNED in [trial[0] for trial in studies[0]]


def test_every_outcome_of_an_isolated_objective_is_that_of_one_in_process(isolated):
    trial = FixedTrial({})
    assert isolated("outcome", kind="value")(trial) == 1.5
    assert trial.user_attrs == {"kind": "value", "facts": {"list": [1, 2], "none": None}}
    assert isolated("outcome", kind="values")(FixedTrial({})) == (1.5, -2.5)
    with pytest.raises(optuna.TrialPruned, match="^hopeless$"):
        isolated("outcome", kind="prune")(FixedTrial({}))
    with pytest.raises(hpo_dotnet.DotNetError) as raised:
        isolated("outcome", kind="throw")(FixedTrial({}))
    assert raised.value.type_name == "System.InvalidOperationException"
    assert "at Acme.Outcome.Evaluate(Trial trial)" in str(raised.value)


def test_an_error_of_the_trial_is_raised_as_the_same_object(isolated):
    class Refusing(FixedTrial):
        error = KeyError("mine")

        def suggest_float(self, name, low, high, **_):
            raise self.error

    objective = isolated("quadratic")
    with pytest.raises(KeyError) as raised:
        objective(Refusing({}))
    assert raised.value is Refusing.error
    assert objective(FixedTrial({"x": 4.0})) == 4.0
    trial = FixedTrial({})
    assert isolated("wrong-range", handle=True)(trial) == 0
    assert trial.user_attrs == {"error": "ValueError"}


def test_isolated_trials_run_at_the_same_time_each_in_a_process(isolated):
    study = optuna.create_study()
    study.optimize(isolated("threads", count=4), n_trials=4, n_jobs=2)
    assert [trial.state for trial in study.trials] == [TrialState.COMPLETE] * 4


def test_wrong_settings_of_an_isolated_objective_show_at_once(isolated):
    with pytest.raises(hpo_dotnet.SettingsError, match="'folds' takes an int from 2 to 20"):
        isolated("Acme.PriceModel", folds=1)
    with pytest.raises(hpo_dotnet.UnknownObjectiveError, match="no objective 'nope'"):
        isolated("nope")


def test_a_process_that_ends_fails_its_trial_and_the_next_trial_gets_another(isolated):
    objective = isolated("outcome", kind="exit")
    study = optuna.create_study()
    study.optimize(objective, n_trials=2, catch=(hpo_dotnet.IsolatedProcessError,))
    assert [trial.state for trial in study.trials] == [TrialState.FAIL] * 2
    with pytest.raises(hpo_dotnet.IsolatedProcessError, match="ended with exit code 7 before it had answered"):
        objective(FixedTrial({}))


def test_the_processes_end_with_the_objective(tmp_path):
    ran = run_script(
        tmp_path,
        """
        import os
        def parent(pid):
            try:
                return open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1]
            except (FileNotFoundError, ProcessLookupError):
                return None  # another one, which has just ended
        def children():
            return sum(parent(pid) == str(os.getpid()) for pid in os.listdir("/proc") if pid.isdigit())
        objective = hpo_dotnet.load(ACME).objective("quadratic", isolated=True)
        objective(optuna.trial.FixedTrial({"x": 1.0}))
        print(children())
        del objective
        print(children())
        """,
    )
    assert ran.stdout.split() == ["1", "0"], ran.stderr


TORCH = """
import sys, types
acme = hpo_dotnet.load(ACME)
trial = optuna.trial.FixedTrial({})
"""


def test_torchsharp_is_refused_where_pythons_torch_is_loaded(tmp_path):
    ran = run_script(
        tmp_path,
        TORCH
        + """
sys.modules["torch"] = types.ModuleType("torch")
for _ in range(2):
    try:
        acme.objective("native-torch")(trial)
    except hpo_dotnet.TorchConflictError as error:
        print(error)
print(acme.objective("quadratic")(optuna.trial.FixedTrial({"x": 5.0})))
print(acme.objective("native-torch", isolated=True)(trial))
""",
    )
    refused, again, other, isolated = ran.stdout.splitlines()
    assert "Python's torch is loaded in this process" in refused and "isolated=True" in refused
    assert (again, other, isolated) == (refused, "9.0", "0.0"), ran.stderr


def test_pythons_torch_is_refused_where_torchsharp_is_loaded(tmp_path):
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text("print('torch was imported')")
    ran = run_script(
        tmp_path,
        TORCH
        + """
print(acme.objective("native-torch")(trial))
try:
    import torch
except ImportError as error:
    print(error.name, error)
""",
    )
    value, refused = ran.stdout.splitlines()
    assert value == "0.0"
    assert refused.startswith("torch A C# objective has loaded TorchSharp") and "isolated=True" in refused, ran.stderr


def test_torch_and_other_objectives_get_along(tmp_path):
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text("print('torch was imported')")
    ran = run_script(
        tmp_path, TORCH + 'acme.objective("quadratic")(optuna.trial.FixedTrial({"x": 1.0}))\nimport torch\n'
    )
    assert ran.stdout == "torch was imported\n", ran.stderr


def test_the_test_objectives_are_built():
    assert TEST_ASSEMBLY.is_file(), "dotnet build Hpo.sln -c Release builds them"
