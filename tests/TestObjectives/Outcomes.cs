using System.ComponentModel.DataAnnotations;
using Hpo.Interop;
using Python.Runtime;

namespace Acme;

/// <summary>Ends in every way that an objective can end.</summary>
[Objective("outcome")]
public sealed class Outcome(
    [AllowedValues("value", "values", "nan", "throw", "nested", "prune", "print", "exit")] string kind) : IObjective
{
    private static readonly int[] List = [1, 2];

    public ObjectiveValue Evaluate(Trial trial)
    {
        trial.SetUserAttr("kind", kind);
        trial.SetUserAttr("facts", new Dictionary<string, object?> { ["list"] = List, ["none"] = null });
        switch (kind)
        {
            case "values":
                return (1.5, -2.5);
            case "nan":
                return double.NaN;
            case "throw":
                throw new InvalidOperationException("the furnace is cold: no fire");
            case "nested":
                throw new AggregateException("two causes", new ArgumentException("first"), new TimeoutException("second"));
            case "prune":
                throw new TrialPrunedException("hopeless");
            case "print":
                Console.WriteLine("printed");
                return 0;
            case "exit":
                Environment.Exit(7);
                return 0;
            default:
                return 1.5;
        }
    }
}

/// <summary>Suggests through the Python trial itself, and may fail in Python.</summary>
[Objective("python-object")]
public sealed class ThroughPythonObject(bool fail = false) : IObjective
{
    public ObjectiveValue Evaluate(Trial trial)
    {
        PyObject python = trial.PythonObject;
        using (Py.GIL())
        {
            dynamic same = python;
            if (fail) same.no_such_method();
            return (double)same.suggest_float("x", 0.0, 1.0);
        }
    }
}

/// <summary>Asks for a range that Optuna refuses.</summary>
[Objective("wrong-range")]
public sealed class WrongRange(bool handle = false) : IObjective
{
    public ObjectiveValue Evaluate(Trial trial)
    {
        try
        {
            return trial.SuggestFloat("x", 5, 1);
        }
        catch (PythonCallException exception) when (handle)
        {
            trial.SetUserAttr("error", exception.PythonType);
            return 0;
        }
    }
}

/// <summary>Runs until Ctrl-C cancels it; its first report tells that it runs.</summary>
[Objective("waiting")]
public sealed class Waiting(double limitSeconds = 60) : IObjective
{
    public ObjectiveValue Evaluate(Trial trial)
    {
        trial.Report(0, 0);
        // To a file descriptor of the process: the reader is outside.
        Console.WriteLine("waiting");
        bool isCancelled = trial.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(limitSeconds));
        Console.WriteLine(isCancelled ? "cancelled" : "not cancelled");
        trial.CancellationToken.ThrowIfCancellationRequested();
        return limitSeconds;
    }
}
