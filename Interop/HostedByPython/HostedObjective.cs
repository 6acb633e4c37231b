using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.HostedByPython;

/// <summary>An objective that Python calls. Outcomes that have a meaning in Python are worded as values.</summary>
internal sealed class HostedObjective(GlueLibrary glue, IObjective objective)
{
    /// <summary>Evaluates a trial: (trial, number, whether Ctrl-C cancels it) → value, values or outcome.</summary>
    public PythonValue Evaluate(ReadOnlySpan<PythonValue> arguments)
    {
        bool isInterruptible = arguments[2].AsBool();
        using Interruption? interruption = isInterruptible ? Interruption.Begin() : null;
        CancellationToken cancellationToken = interruption?.Token ?? CancellationToken.None;
        using var trial = new Trial(
            glue, arguments[0].AsHandle(), checked((int)arguments[1].AsInteger()), cancellationToken);
        try
        {
            return objective.Evaluate(trial).ToPython();
        }
        catch (TrialPrunedException pruned)
        {
            return Outcome("pruned", pruned.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Outcome("interrupted", "");
        }
        catch (Exception exception) when (TorchGuard.Refusal is { } refusal && exception is not TorchConflictException)
        {
            // TorchSharp words a library that it may not load in its own way.
            throw new TorchConflictException(refusal);
        }
    }

    private static PythonValue Outcome(string kind, string text) =>
        new OrderedDictionary<string, PythonValue> { [kind] = text };
}
