using Hpo.Interop.Bridge;
using Python.Runtime;

namespace Hpo.Interop.Tests.PythonNet;

/// <summary>Exceptions that pass from pythonnet's crossings to ours and back.</summary>
public sealed class PythonNetErrorTests
{
    public PythonNetErrorTests() => OptunaRuntime.Current.StartPythonNet();

    [Fact]
    public void TrialPruned_of_python_prunes_whatever_is_caught()
    {
        using Study study = Study.Create();
        study.Optimize(_ => Raise("optuna.TrialPruned('enough')"), new OptimizeOptions { NTrials = 2 });
        study.Optimize(_ => Raise("optuna.TrialPruned()"), new OptimizeOptions { NTrials = 1, Catch = [typeof(Exception)] });
        study.Trials.Should().HaveCount(3).And.OnlyContain(trial => trial.State == TrialState.Pruned);
    }

    [Fact]
    public void An_error_of_pythonnet_that_leaves_an_objective_arrives_typed()
    {
        using Study study = Study.Create();
        PythonCallException error = FluentActions.Invoking(() => study.Optimize(_ => Raise("ValueError('wrong')"), 1))
            .Should().Throw<PythonCallException>().Which;
        (error.PythonType, error.PythonMessage).Should().Be(("ValueError", "wrong"));
        error.PythonTraceback.Should().Contain("File \"<string>\", line 2, in <module>");
        FluentActions.Invoking(() => study.Optimize(_ => Raise("optuna.exceptions.StorageInternalError('gone')"), 1))
            .Should().Throw<StorageException>();
        study.Trials.Should().OnlyContain(trial => trial.State == TrialState.Fail);
    }

    [Theory, InlineData(typeof(PythonException)), InlineData(typeof(PythonCallException)), InlineData(typeof(OptunaException))]
    public void An_error_of_pythonnet_is_caught_by_either_name(Type caught)
    {
        using Study study = Study.Create();
        study.Optimize(_ => Raise("ValueError('wrong')"), new OptimizeOptions { NTrials = 2, Catch = [caught] });
        study.Trials.Should().HaveCount(2).And.OnlyContain(trial => trial.State == TrialState.Fail);
    }

    [Theory, InlineData("KeyboardInterrupt"), InlineData("SystemExit")]
    public void What_is_no_Exception_in_python_is_not_caught(string error)
    {
        using Study study = Study.Create();
        FluentActions.Invoking(() => study.Optimize(
                _ => Raise($"{error}()"), new OptimizeOptions { NTrials = 2, Catch = [typeof(Exception)] }))
            .Should().Throw<PythonCallException>().Which.PythonType.Should().Be(error);
        study.Trials.Should().ContainSingle().Which.State.Should().Be(TrialState.Fail);
    }

    [Fact]
    public void An_exception_of_a_pythonnet_delegate_arrives_as_itself_through_our_call()
    {
        var thrown = new InvalidOperationException("from a delegate");
        Func<PyObject, double> raising = _ => throw thrown;
        using PythonHandle module = Bridge.LoadModule("pythonnet_errors", "def call(function): return function(None)\n");
        using PythonHandle call = Bridge.GetAttribute(module, "call");
        PythonHandle argument;
        using (Py.GIL())
        {
            using PyObject function = raising.ToPython();
            argument = Hand(function);
        }
        using (argument)
            FluentActions.Invoking(() => Bridge.Call(call, argument)).Should().Throw<InvalidOperationException>().Which.Should().BeSameAs(thrown);
    }

    [Fact]
    public void An_exception_of_our_objective_arrives_as_itself_through_pythonnet()
    {
        var thrown = new InvalidOperationException("from an objective");
        using PythonHandle callback = Bridge.CreateCallback(_ => throw thrown);
        PyObject function = Hpo.Interop.Bridge.PythonNet.PythonObjects.Get(callback);
        FluentActions.Invoking(() =>
        {
            using (Py.GIL()) function.Invoke().Dispose();
        }).Should().Throw<InvalidOperationException>().Which.Should().BeSameAs(thrown);
    }

    [Fact]
    public void TrialPrunedException_of_a_pythonnet_delegate_prunes()
    {
        using Study study = Study.Create();
        PyObject python = study.PythonObject;
        Func<PyObject, double> objective = _ => throw new TrialPrunedException("enough");
        using (Py.GIL())
        {
            dynamic same = python;
            same.optimize(objective, n_trials: 2);
        }
        study.Trials.Should().HaveCount(2).And.OnlyContain(trial => trial.State == TrialState.Pruned);
    }

    [Fact]
    public void A_python_error_keeps_its_identity_through_both()
    {
        using PythonHandle module = Bridge.LoadModule(
            "pythonnet_identity",
            """
            class Mine(Exception):
                pass

            raised = Mine("mine")

            def throw():
                raise raised

            def same(function):
                try:
                    function()
                except Mine as error:
                    return error is raised
            """);
        using PythonHandle same = Bridge.GetAttribute(module, "same");
        using PythonHandle callback = Bridge.CreateCallback(_ =>
        {
            using (Py.GIL())
            {
                using PyObject imported = Py.Import("pythonnet_identity");
                imported.InvokeMethod("throw").Dispose();
            }
            return PythonValue.None;
        });
        Bridge.Call(same, callback).AsBool().Should().BeTrue();
    }

    private static PythonBridge Bridge => OptunaRuntime.Current.Glue.Bridge;

    private static PythonHandle Hand(PyObject value) =>
        PythonBridge.Borrow(Hpo.Interop.Bridge.PythonNet.PythonObjects.Pointer(value));

    private static double Raise(string error)
    {
        using (Py.GIL())
        {
            using PyModule scope = Py.CreateScope();
            scope.Exec($"import optuna\nraise {error}");
            return 0;
        }
    }
}
