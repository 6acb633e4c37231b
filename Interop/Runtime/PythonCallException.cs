using Hpo.Interop.Bridge;

namespace Hpo.Interop;

/// <summary>An error that Python code raised, Optuna's own among them.</summary>
/// <remarks>
/// When it leaves a C# objective or callback again, Python sees the very object that it raised, so that
/// <c>KeyboardInterrupt</c> and user classes keep their identity.
/// </remarks>
public class PythonCallException : OptunaException
{
    internal PythonCallException(PythonError error)
        : base(Describe(error)) => Error = error;

    internal PythonCallException(PythonError error, string message)
        : base(message) => Error = error;

    /// <summary>The Python class with its module, e.g. <c>optuna.exceptions.StorageInternalError</c>.</summary>
    public string PythonType => Error.TypeName;

    /// <summary>The message as Python words it, without the class name. <see cref="Exception.Message"/> also has the errors
    /// that it came from or hides.</summary>
    public string PythonMessage => Error.Message;

    /// <summary>The Python traceback, without local variables; empty where there is none.</summary>
    public string PythonTraceback => Error.Traceback;

    internal PythonError Error { get; }

    // An assertion that failed in a clean-up says little; what had gone wrong before says more.
    private static string Describe(PythonError error) => string.Join(
        " It came from ", [error.Message.Length == 0 ? error.TypeName : $"{error.TypeName}: {error.Message}", .. error.Causes]);

    /// <summary>The exception with its C# stack, followed by the Python traceback.</summary>
    public override string ToString() =>
        PythonTraceback.Length == 0 ? base.ToString() : $"{base.ToString()}{Environment.NewLine}{PythonTraceback}";
}
