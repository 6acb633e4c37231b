namespace Hpo.Interop.Engine;

/// <summary>A C# function that Python can call. It runs with the GIL released.</summary>
/// <param name="arguments">The positional arguments; handles among them belong to the callee.</param>
internal delegate PythonValue PythonCallback(ReadOnlySpan<PythonValue> arguments);

/// <summary>
/// The port to an embedded CPython: everything that the library needs of an interpreter, and nothing of Optuna.
/// Each call takes the GIL for just that call; a callback runs without it. Every member is safe on any thread.
/// A Python error arrives as <see cref="PythonException"/>; an exception of a C# callback that passes through Python
/// arrives as the same object.
/// </summary>
internal interface IPythonEngine
{
    /// <summary>The name that <c>HPO_PYTHON_ENGINE</c> knows it by.</summary>
    string Name { get; }

    /// <summary>
    /// The module of this name in <c>sys.modules</c>, compiled from the source and run where there is none yet. A loaded one
    /// is left alone: what was made of its classes would no longer be theirs.
    /// </summary>
    PythonHandle LoadModule(string name, string source);

    PythonHandle GetAttribute(PythonHandle owner, string name);

    PythonValue Call(PythonHandle callable, params ReadOnlySpan<PythonValue> arguments);

    /// <summary>Makes a Python callable that leads to <paramref name="callback"/> and keeps it alive.</summary>
    PythonHandle CreateCallback(PythonCallback callback);
}
