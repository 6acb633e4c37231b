using Hpo.Interop.Pruners;
using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;
using Python.Runtime;

namespace Hpo.Interop.Tests.PythonNet;

/// <summary>Optuna's Python objects, handed out and taken in, with pythonnet there from the start and joining late.</summary>
/// <remarks>They are left to pythonnet's finalizer: <c>PyObject.Dispose</c> needs the GIL.</remarks>
public sealed class PythonObjectTests
{
    private const string FixedSampler =
        """
        import optuna

        class Midpoint(optuna.samplers.BaseSampler):
            def infer_relative_search_space(self, study, trial):
                return {}

            def sample_relative(self, study, trial, search_space):
                return {}

            def sample_independent(self, study, trial, name, distribution):
                return (distribution.low + distribution.high) / 2

        class Never(optuna.pruners.BasePruner):
            def prune(self, study, trial):
                return trial.last_step == 2
        """;

    [Fact]
    public void A_study_is_the_python_study()
    {
        using Study study = Study.Create(new StudyOptions { Sampler = new RandomSampler { Seed = 1 } });
        PyObject python = study.PythonObject;
        using (Py.GIL())
        {
            dynamic same = python;
            ((string)same.study_name).Should().Be(study.Name);
            same.set_user_attr("from", "python");
        }
        study.UserAttrs.Should().Contain("from", "python");
    }

    [Fact]
    public void A_running_trial_is_the_python_trial()
    {
        using Study study = Study.Create();
        study.Optimize(
            trial =>
            {
                PyObject python = trial.PythonObject;
                using (Py.GIL())
                {
                    dynamic same = python;
                    return (double)same.suggest_float("x", 1.0, 2.0);
                }
            },
            2);
        study.Trials.Should().OnlyContain(trial => trial.Value == (double)trial.Params["x"]!);
    }

    [Fact]
    public void A_frozen_trial_crosses_in_both_directions()
    {
        using Study study = Study.Create();
        study.Optimize(trial => trial.SuggestFloat("x", 0, 1), 2);
        FrozenTrial second = study.Trials[1];
        PyObject python = second.PythonObject;
        using (Py.GIL())
        {
            dynamic same = python;
            ((int)same.number).Should().Be(1);
            ((double)same.value).Should().Be(second.Value);
        }
        FrozenTrial back = FrozenTrial.FromPythonObject(python);
        (back.Number, back.Value, back.Params["x"]).Should().Be((second.Number, second.Value, second.Params["x"]));
    }

    [Fact]
    public void A_sampler_and_a_pruner_of_python_classes_are_accepted_where_ours_are()
    {
        OptunaRuntime.Current.StartPythonNet();
        PyObject sampler = Make("Midpoint"), pruner = Make("Never");
        using Study study = Study.Create(new StudyOptions { Sampler = sampler, Pruner = pruner });
        study.Optimize(
            trial =>
            {
                for (int step = 0; step < 4; step++)
                {
                    trial.Report(step, step);
                    if (trial.ShouldPrune()) throw new TrialPrunedException();
                }
                return trial.SuggestFloat("x", 2, 4);
            },
            new OptimizeOptions { NTrials = 1 });
        study.Trials[0].State.Should().Be(TrialState.Pruned);
        study.Trials[0].LastStep.Should().Be(2);
        study.Optimize(trial => trial.SuggestFloat("x", 2, 4), 1);
        study.Trials[1].Value.Should().Be(3);
    }

    [Fact]
    public void A_dynamic_value_is_accepted_too()
    {
        OptunaRuntime.Current.StartPythonNet();
        Study study;
        using (Py.GIL())
        {
            dynamic optuna = Py.Import("optuna");
            study = Study.Create(new StudyOptions { Sampler = optuna.samplers.RandomSampler(seed: 3) });
        }
        using Study seeded = Study.Create(new StudyOptions { Sampler = new RandomSampler { Seed = 3 } });
        using (study)
        {
            study.Optimize(trial => trial.SuggestFloat("x", 0, 1), 3);
            seeded.Optimize(trial => trial.SuggestFloat("x", 0, 1), 3);
            study.Trials.Select(trial => trial.Value).Should().Equal(seeded.Trials.Select(trial => trial.Value));
        }
    }

    [Fact]
    public void A_study_and_a_storage_of_python_are_accepted_where_ours_are()
    {
        var storage = new InMemoryStorage();
        using Study first = Study.Create(new StudyOptions { Name = "shared", Storage = storage });
        PyObject python = storage.PythonObject;
        Storage same = python;
        using Study again = Study.Load("shared", same);
        again.Optimize(_ => 1, 1);
        first.Trials.Should().ContainSingle();
        same.ToString().Should().Contain("InMemoryStorage");

        PyObject pythonStudy = first.PythonObject;
        using Study third = pythonStudy;
        third.Optimize(_ => 2, 1);
        first.Trials.Should().HaveCount(2);
    }

    [Fact]
    public void A_made_sampler_and_a_made_pruner_hand_out_their_objects()
    {
        using OptunaSampler sampler = new RandomSampler().Create();
        using OptunaPruner pruner = new NopPruner().Create();
        PyObject pythonSampler = sampler.PythonObject, pythonPruner = pruner.PythonObject;
        using (Py.GIL())
        {
            Name(pythonSampler).Should().Be("RandomSampler");
            Name(pythonPruner).Should().Be("NopPruner");
        }

        static string Name(PyObject value)
        {
            using PyType type = value.GetPythonType();
            return type.Name;
        }
    }

    [Fact]
    public void An_object_of_another_class_is_refused_by_name()
    {
        OptunaRuntime.Current.StartPythonNet();
        PyObject number = Number();
        FluentActions.Invoking(() => Study.FromPythonObject(number)).Should().Throw<ArgumentException>()
            .WithMessage("The Python object is a builtins.int, not an optuna.study.Study.*");
        FluentActions.Invoking(() => Sampler.FromPythonObject(number)).Should().Throw<ArgumentException>()
            .WithMessage("*not an optuna.samplers.BaseSampler.*");
        FluentActions.Invoking(() => Pruner.FromPythonObject(number)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Storage.FromPythonObject(number)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Trial.FromPythonObject(number)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => FrozenTrial.FromPythonObject(number)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Study.FromPythonObject(null!)).Should().Throw<ArgumentNullException>();

        static PyObject Number()
        {
            using (Py.GIL()) return new PyInt(7);
        }
    }

    [Fact]
    public void A_disposed_object_is_refused()
    {
        OptunaRuntime.Current.StartPythonNet();
        PyObject disposed;
        using (Py.GIL())
        {
            disposed = new PyInt(7);
            disposed.Dispose();
        }
        FluentActions.Invoking(() => Sampler.FromPythonObject(disposed)).Should().Throw<ObjectDisposedException>();
        FluentActions.Invoking(() => Study.FromPythonObject(disposed)).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void To_print_a_storage_does_not_open_it() =>
        new JournalFileStorage("/nowhere/at/all").ToString().Should().Contain("/nowhere/at/all").And.NotContain("PythonObject");

    [Fact]
    public void A_delegate_is_an_objective_that_uses_our_trial()
    {
        using Study study = Study.Create();
        PyObject python = study.PythonObject;
        Func<PyObject, double> objective = trial =>
        {
            using (Trial ours = Trial.FromPythonObject(trial))
                return ours.SuggestFloat("x", 5, 6) + ours.Number;
        };
        using (Py.GIL())
        {
            dynamic same = python;
            same.optimize(objective, n_trials: 3);
        }
        study.Trials.Should().HaveCount(3).And.OnlyContain(trial => trial.Value == (double)trial.Params["x"]! + trial.Number);
    }

    [Fact]
    public void No_public_type_has_the_name_of_one_of_pythonnets()
    {
        string[] theirs = [.. typeof(PyObject).Assembly.GetExportedTypes().Where(type => !type.IsNested).Select(type => type.Name)];
        typeof(Study).Assembly.GetExportedTypes().Select(type => type.Name).Should().NotIntersectWith(theirs);
    }

    private static PyObject Make(string name)
    {
        using (Py.GIL())
        {
            using PyModule module = PyModule.FromString("python_object_tests", FixedSampler);
            return module.InvokeMethod(name);
        }
    }
}
