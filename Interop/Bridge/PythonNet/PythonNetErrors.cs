using System.Diagnostics.CodeAnalysis;
using Hpo.Interop.Bridge.CApi;
using Python.Runtime;

namespace Hpo.Interop.Bridge.PythonNet;

/// <summary>
/// Exceptions that pass from this library's crossings to pythonnet's and back, so that each arrives as itself: a
/// <see cref="PythonException"/> of pythonnet is raised in Python as the object that it holds, a C# exception that left a
/// callback of either is thrown again as the same object, and <see cref="TrialPrunedException"/> prunes from a delegate of
/// pythonnet, too. Every member is called with the GIL held.
/// </summary>
internal sealed class PythonNetErrors : IForeignErrors, IPyObjectDecoder, IPyObjectEncoder
{
    private readonly PyType _exceptionType = PyType.Get(typeof(Exception));

    public static void Install()
    {
        var errors = new PythonNetErrors();
        PyObjectConversions.RegisterDecoder(errors);
        PyObjectConversions.RegisterEncoder(errors);
        Errors.Foreign = errors;
    }

    public nint ToPython(Exception exception)
    {
        if (exception is not PythonException python) return 0;
        python.Normalize();
        if (python.Value is not { } value) return 0;
        if (python.Traceback is { } traceback) value.SetAttr("__traceback__", traceback);
        nint pointer = PythonObjects.Pointer(value);
        unsafe
        {
            LibPython.Py_IncRef(pointer);
        }
        GC.KeepAlive(value);
        return pointer;
    }

    public unsafe Exception? FromPython(nint error)
    {
        // Not PyObject_IsInstance: pythonnet's classes have an instance check of their own, which may fail in turn.
        nint type = LibPython.PyObject_Type(error);
        bool isOfDotNet = LibPython.PyType_IsSubtype(type, PythonObjects.Pointer(_exceptionType)) != 0;
        LibPython.Py_DecRef(type);
        if (!isOfDotNet) return null;
        using var handle = PythonBridge.Borrow(error);
        using PyObject instance = PythonObjects.Wrap(handle);
        return instance.AsManagedObject(typeof(Exception)) as Exception;
    }

    public bool CanDecode(PyType objectType, Type targetType) =>
        targetType == typeof(Exception) && Errors.IsHostErrorType(PythonObjects.Pointer(objectType));

    public bool TryDecode<T>(PyObject pyObj, [MaybeNullWhen(false)] out T value)
    {
        object? original = Errors.HostException(PythonObjects.Pointer(pyObj));
        value = original is T ? (T)original : default;
        return original is T;
    }

    // What pythonnet raises is known to it as an Exception, whatever class it is of.
    public bool CanEncode(Type type) => typeof(Exception).IsAssignableFrom(type);

    public PyObject? TryEncode(object value) => value switch
    {
        TrialPrunedException pruned => Pruned(pruned),
        PythonCallException { Error.Instance: { IsReleased: false } original } => PythonObjects.Wrap(original),
        _ => null,
    };

    private static PyObject Pruned(TrialPrunedException exception)
    {
        using PyObject optuna = Py.Import("optuna");
        using var message = new PyString(exception.Message);
        return optuna.InvokeMethod("TrialPruned", message);
    }
}
