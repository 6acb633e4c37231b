namespace Hpo.Interop.Bridge;

/// <summary>The facts of a Python error, read while it was raised.</summary>
/// <param name="TypeName">The class with its module; builtins without one.</param>
/// <param name="BaseNames">The names of the class and all its bases, in Python's resolution order.</param>
/// <param name="Message">The text of the error.</param>
/// <param name="Traceback">The formatted traceback, or an empty string.</param>
/// <param name="Instance">The error object itself, or null where it could not be kept.</param>
internal sealed record PythonError(
    string TypeName,
    IReadOnlyList<string> BaseNames,
    string Message,
    string Traceback,
    PythonHandle? Instance)
{
    /// <summary>What the error came from, or hides: the classes and texts of the errors before it, the nearest first.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];
}
