using Hpo.Interop.Bridge.CApi;
using Hpo.Interop.Glue;
using Python.Runtime;

namespace Hpo.Interop.Bridge.PythonNet;

/// <summary>An object of Optuna's that came from Python code.</summary>
/// <param name="Handle">A reference of its own.</param>
/// <param name="ClassName">The Python class, with its module.</param>
/// <param name="Glue">The loaded bridge to Optuna.</param>
internal readonly record struct TakenObject(PythonHandle Handle, string ClassName, GlueLibrary Glue);

/// <summary>The same Python objects as handles of the bridge and as pythonnet's.</summary>
internal static class PythonObjects
{
    /// <summary>The object with a reference of its own; starts pythonnet where it does not run yet.</summary>
    /// <exception cref="PythonStartException">pythonnet cannot be used with this Python.</exception>
    public static PyObject Get(PythonHandle handle)
    {
        OptunaRuntime.Current.StartPythonNet();
        return Wrap(handle);
    }

    /// <summary>The object with a reference of its own; pythonnet runs.</summary>
    public static unsafe PyObject Wrap(PythonHandle handle)
    {
        using var gil = Gil.Acquire();
        // pythonnet makes no object of a pointer, but it gives out what a list holds.
        using var none = PyObject.None;
        using var list = new PyList([none]);
        LibPython.Py_IncRef(handle.Pointer); // SetItem steals
        _ = LibPython.PyList_SetItem(Pointer(list), 0, handle.Pointer);
        GC.KeepAlive(handle);
        return list[0];
    }

    /// <summary>A handle of the object, which must be of one of Optuna's classes.</summary>
    /// <param name="value">The object.</param>
    /// <param name="className">The class below <c>optuna</c>, e.g. <c>samplers.BaseSampler</c>.</param>
    /// <exception cref="ArgumentException">It is of another class.</exception>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public static TakenObject Take(PyObject value, string className)
    {
        ArgumentNullException.ThrowIfNull(value);
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        PythonHandle handle = Borrow(value);
        PythonValue[] facts = glue.Components.Call("classify", handle, className).AsList();
        string actual = facts[0].AsString();
        if (facts[1].AsBool()) return new TakenObject(handle, actual, glue);
        handle.Dispose();
        throw new ArgumentException($"The Python object is a {actual}, not an optuna.{className}.", nameof(value));
    }

    private static PythonHandle Borrow(PyObject value)
    {
        if (Pointer(value) == 0) throw new ObjectDisposedException(nameof(PyObject), "The Python object was disposed.");
        PythonHandle handle = PythonBridge.Borrow(Pointer(value));
        GC.KeepAlive(value);
        return handle;
    }

#pragma warning disable CS0612 // Obsolete for those who would let the object go meanwhile; there is no other way.
    public static nint Pointer(PyObject value) => value.Handle;
#pragma warning restore CS0612
}
