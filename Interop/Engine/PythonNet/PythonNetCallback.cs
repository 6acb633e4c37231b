using System.ComponentModel;
using Python.Runtime;

namespace Hpo.Interop.Engine;

/// <summary>
/// What Python calls to reach a C# function. pythonnet releases the GIL around every call into .NET, so that each touch
/// of a Python object here takes it again. Public, because pythonnet shows Python public members only.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PythonNetCallback
{
    /// <summary>The Python side: it turns the outcome into a result or raises it, without pythonnet's own conversion of
    /// exceptions.</summary>
    internal const string Adapter =
        """
        def wrap(target):
            def dotnet_callback(*arguments):
                outcome = []
                if target.Invoke(arguments, outcome):
                    return outcome[0]
                raise outcome[0]
            return dotnet_callback
        """;

    private readonly PythonCallback _callback;
    private readonly PythonNetErrors _errors;

    internal PythonNetCallback(PythonCallback callback, PythonNetErrors errors) => (_callback, _errors) = (callback, errors);

    /// <summary>Runs the function.</summary>
    /// <param name="arguments">A tuple of the positional arguments.</param>
    /// <param name="outcome">A list that takes the result or the exception to raise. A returned object would live until
    /// .NET's garbage collector finds its wrapper.</param>
    /// <returns>Whether it succeeded.</returns>
    public bool Invoke(PyObject arguments, PyObject outcome)
    {
        try
        {
            PythonValue[] values;
            using (PythonNetGil.Acquire())
            using (arguments)
                values = PythonNetValues.FromPython(arguments).AsList();
            PythonValue result = _callback(values);
            using (PythonNetGil.Acquire())
            {
                PythonNetHandle.DropAbandoned();
                Append(outcome, PythonNetValues.ToPython(result));
            }
            return true;
        }
        catch (Exception exception)
        {
            using (PythonNetGil.Acquire()) Append(outcome, _errors.ToPython(exception));
            return false;
        }
    }

    private static void Append(PyObject list, PyObject item)
    {
        using (list)
        using (item)
            list.InvokeMethod("append", item).Dispose();
    }
}
