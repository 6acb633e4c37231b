using Hpo.Interop.Bridge;

namespace Hpo.Interop.Glue;

/// <summary>Runs a C# objective for Optuna, and words its outcome in values where Optuna has a meaning for it.</summary>
internal sealed class ObjectiveRunner(
    GlueLibrary glue,
    Func<Trial, PythonValue> objective,
    IReadOnlyList<Type> caught,
    CancellationToken cancellationToken)
{
    public PythonValue Run(ReadOnlySpan<PythonValue> arguments)
    {
        using var trial = new Trial(
            glue, arguments[0].AsHandle(), checked((int)arguments[1].AsInteger()), cancellationToken);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            return objective(trial);
        }
        catch (TrialPrunedException pruned)
        {
            return Outcome("pruned", pruned.Message);
        }
        catch (Exception exception) when (IsCaught(exception))
        {
            return Outcome("failed", $"{exception.GetType().FullName}: {exception.Message}");
        }
    }

    // A Python error that pythonnet threw is caught by either name. As in Python, what is no Exception there (KeyboardInterrupt,
    // SystemExit) is caught by none, and Optuna's TrialPruned prunes.
    private bool IsCaught(Exception exception)
    {
        if (caught.Count == 0 || IsCancellation(exception)) return false;
        PythonCallException? python = PythonBridge.AsPythonError(exception);
        if (python is not null && (!python.Error.BaseNames.Contains("Exception") || python.Error.BaseNames.Contains(OptunaErrors.TrialPruned)))
            return false;
        return caught.Any(type => type.IsInstanceOfType(exception) || type.IsInstanceOfType(python));
    }

    // Catching OperationCanceledException must not keep a cancelled run alive.
    private bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException && cancellationToken.IsCancellationRequested;

    private static PythonValue Outcome(string kind, string text) =>
        new OrderedDictionary<string, PythonValue> { [kind] = text };
}
