using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Hpo.Interop.Bridge.CApi;

/// <summary>The exceptions of another bridge to the same Python.</summary>
internal interface IForeignErrors
{
    /// <summary>The Python error that one of its exceptions holds: a new reference, or 0 where it is not one of them.</summary>
    nint ToPython(Exception exception);

    /// <summary>The C# exception that it has put into a Python error, or null.</summary>
    /// <param name="error">A borrowed reference.</param>
    Exception? FromPython(nint error);
}

/// <summary>
/// Carries errors across: a C# exception becomes a Python exception that holds the original, and comes back as the
/// same object; a Python exception passing through C# is raised again as the same object. The caller holds the GIL.
/// </summary>
internal static unsafe class Errors
{
    private static nint _hostErrorType;
    private static PythonHandle? _describe;
    private static bool _withDetails;

    /// <summary>The other bridge; null where there is none.</summary>
    public static IForeignErrors? Foreign { get; set; }

    /// <summary>Takes the Python side of error handling.</summary>
    /// <param name="hostErrorType">The class of C# exceptions in Python.</param>
    /// <param name="describe">The function that gives a Python error's facts.</param>
    /// <param name="withDetails">Whether C# exceptions carry their stack as text: where Python is the one to print it.</param>
    public static void UseGlue(PythonHandle hostErrorType, PythonHandle describe, bool withDetails)
    {
        _hostErrorType = hostErrorType.Pointer;
        _describe = describe;
        _withDetails = withDetails;
    }

    /// <summary>
    /// Clears the error that Python has set and gives what to throw for it. An exception that C# code threw is
    /// thrown from here, since only so it keeps the stack that shows where the user's code failed.
    /// </summary>
    public static Exception Fetch()
    {
        nint error = TakeRaised();
        if (error == 0) return new InvalidOperationException("Python reported a failure without an error.");
        var instance = new PythonHandle(error);
        if ((HostException(error) ?? Foreign?.FromPython(error)) is { } original)
        {
            instance.Dispose();
            ExceptionDispatchInfo.Throw(original);
        }
        return new PythonCallException(Describe(instance));
    }

    /// <summary>Sets a C# exception as Python's current error. Never throws.</summary>
    public static void Raise(Exception exception)
    {
        if (exception is PythonCallException { Error.Instance: { IsReleased: false } original })
        {
            SetRaised(original.Pointer);
            return;
        }
        nint instance = 0;
        try
        {
            instance = ForeignError(exception);
            if (instance == 0) instance = CreateHostError(exception);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LibPython.PyErr_Clear();
        }
        if (instance != 0)
        {
            SetRaised(instance);
            LibPython.Py_DecRef(instance);
            return;
        }
        fixed (byte* message = Encoding.UTF8.GetBytes(exception.GetType().FullName + "\0"))
            LibPython.PyErr_SetString(LibPython.RuntimeError, message);
    }

    /// <summary>The Python error that an exception of the other bridge holds, with its facts; null where it holds none.</summary>
    public static PythonCallException? FromForeign(Exception exception)
    {
        nint error = ForeignError(exception);
        return error == 0 ? null : new PythonCallException(Describe(new PythonHandle(error)));
    }

    /// <summary>The C# exception that a Python error of ours holds, or null.</summary>
    /// <param name="error">A borrowed reference.</param>
    public static Exception? HostException(nint error)
    {
        if (_hostErrorType == 0 || LibPython.PyObject_IsInstance(error, _hostErrorType) != 1) return null;
        fixed (byte* name = "exception\0"u8)
        {
            nint capsule = LibPython.PyObject_GetAttrString(error, name);
            var original = capsule == 0 ? null : Capsules.Target(capsule) as Exception;
            if (capsule != 0) LibPython.Py_DecRef(capsule);
            LibPython.PyErr_Clear();
            return original;
        }
    }

    /// <summary>Whether a class is that of the Python errors that hold a C# exception, or one below it.</summary>
    public static bool IsHostErrorType(nint type) => _hostErrorType != 0 && LibPython.PyType_IsSubtype(type, _hostErrorType) != 0;

    private static nint ForeignError(Exception exception) => Foreign?.ToPython(exception) ?? 0;

    private static nint CreateHostError(Exception exception)
    {
        if (_hostErrorType == 0) return 0;
        nint arguments = Values.Checked(LibPython.PyTuple_New(_withDetails ? 3 : 2));
        try
        {
            _ = LibPython.PyTuple_SetItem(arguments, 0, Values.StringToPython(HostErrorText.Of(exception)));
            _ = LibPython.PyTuple_SetItem(arguments, 1, Capsules.Create(exception));
            if (_withDetails)
                _ = LibPython.PyTuple_SetItem(arguments, 2, Values.StringToPython(HostErrorText.DetailsOf(exception)));
            return Values.Checked(LibPython.PyObject_Call(_hostErrorType, arguments, 0));
        }
        finally
        {
            LibPython.Py_DecRef(arguments);
        }
    }

    // Reading a broken error must not fail in turn: each step falls back to what is known already.
    private static PythonError Describe(PythonHandle instance)
    {
        string typeName = TypeName(instance.Pointer);
        if (_describe is null) return new PythonError(typeName, [typeName], Text(instance.Pointer), "", instance);
        nint* slots = stackalloc nint[2];
        slots[1] = instance.Pointer;
        nint result = Calls.Invoke(_describe.Pointer, slots + 1, 1);
        if (result == 0)
        {
            LibPython.PyErr_Clear();
            return new PythonError(typeName, [typeName], "", "", instance);
        }
        try
        {
            PythonValue[] facts = Values.FromPython(result).AsList();
            string[] names = [.. facts[0].AsList().Select(name => name.AsString())];
            return new PythonError(names[0], names, facts[1].AsString(), facts[2].AsString(), instance)
            {
                Causes = [.. facts[3].AsList().Select(cause => cause.AsString())],
            };
        }
        catch (Exception exception) when (exception is PythonCallException or InvalidCastException)
        {
            return new PythonError(typeName, [typeName], "", "", instance);
        }
        finally
        {
            LibPython.Py_DecRef(result);
        }
    }

    private static string TypeName(nint instance)
    {
        nint type = LibPython.PyObject_Type(instance);
        fixed (byte* attribute = "__name__\0"u8)
        {
            nint name = type == 0 ? 0 : LibPython.PyObject_GetAttrString(type, attribute);
            string text = name == 0 ? "BaseException" : Text(name);
            if (name != 0) LibPython.Py_DecRef(name);
            if (type != 0) LibPython.Py_DecRef(type);
            LibPython.PyErr_Clear();
            return text;
        }
    }

    private static string Text(nint pointer)
    {
        nint text = LibPython.PyObject_Str(pointer);
        nint length;
        byte* utf8 = text == 0 ? null : LibPython.PyUnicode_AsUTF8AndSize(text, &length);
        string result = utf8 == null ? "" : Marshal.PtrToStringUTF8((nint)utf8) ?? "";
        if (text != 0) LibPython.Py_DecRef(text);
        LibPython.PyErr_Clear();
        return result;
    }

    private static nint TakeRaised()
    {
        if (LibPython.PyErr_GetRaisedException != null) return LibPython.PyErr_GetRaisedException();
        nint type, value, traceback;
        LibPython.PyErr_Fetch(&type, &value, &traceback);
        if (type == 0) return 0;
        LibPython.PyErr_NormalizeException(&type, &value, &traceback);
        if (traceback != 0 && value != 0) _ = LibPython.PyException_SetTraceback(value, traceback);
        LibPython.Py_DecRef(type);
        if (traceback != 0) LibPython.Py_DecRef(traceback);
        return value;
    }

    private static void SetRaised(nint instance)
    {
        if (LibPython.PyErr_SetRaisedException != null)
        {
            LibPython.Py_IncRef(instance); // SetRaisedException steals
            LibPython.PyErr_SetRaisedException(instance);
            return;
        }
        nint type = LibPython.PyObject_Type(instance);
        LibPython.PyErr_SetObject(type, instance);
        LibPython.Py_DecRef(type);
    }
}
