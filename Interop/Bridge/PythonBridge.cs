using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using Hpo.Interop.Bridge.CApi;

namespace Hpo.Interop.Bridge;

/// <summary>A C# function that Python can call. It runs with the GIL released.</summary>
/// <param name="arguments">The positional arguments; handles among them belong to the callee.</param>
internal delegate PythonValue PythonCallback(ReadOnlySpan<PythonValue> arguments);

/// <summary>A <see cref="PythonCallback"/> that gives None.</summary>
/// <param name="arguments">The positional arguments; handles among them belong to the callee.</param>
internal delegate void PythonAction(ReadOnlySpan<PythonValue> arguments);

/// <summary>
/// The bridge to the CPython of this process, over its C API: everything that the library needs of an interpreter, and
/// nothing of Optuna. Regardless of who started Python, each call takes the GIL for just that call, and a callback runs without it.
/// Every member is safe on any thread. A Python error arrives as <see cref="PythonCallException"/>; an exception of a C#
/// callback that passes through Python arrives as the same object.
/// </summary>
[SuppressMessage("Performance", "CA1822", Justification = "CPython itself is one a process; who holds this knows that it runs.")]
internal sealed unsafe class PythonBridge
{
    private const int FileInput = 257; // Py_file_input

    private PythonBridge()
    {
    }

    /// <summary>Starts Python in this process; where it runs already, uses it.</summary>
    /// <exception cref="PythonStartException">Python cannot be started in this process.</exception>
    public static PythonBridge Start(PythonInstallation installation)
    {
        Interpreter.Start(installation);
        return Connect(PythonValue.None);
    }

    /// <summary>Uses the interpreter that hosts this process.</summary>
    /// <param name="library">The loader's handle of the library, or of the program, that holds Python.</param>
    /// <param name="hostErrorType">A borrowed reference to the Python class of exceptions that C# code throws.</param>
    /// <exception cref="EntryPointNotFoundException">It lacks a function that Python 3.10 has.</exception>
    public static PythonBridge Attach(nint library, nint hostErrorType)
    {
        Interpreter.Attach(library);
        return Connect(Borrow(hostErrorType));
    }

    /// <summary>Takes a reference of its own to an object that its caller keeps alive meanwhile.</summary>
    public static PythonHandle Borrow(nint pointer)
    {
        using var gil = Gil.Acquire();
        LibPython.Py_IncRef(pointer);
        return new PythonHandle(pointer);
    }

    /// <summary>
    /// The module of this name in <c>sys.modules</c>, compiled from the source and run where there is none yet. A loaded one
    /// is left alone: what was made of its classes would no longer be theirs.
    /// </summary>
    public PythonHandle LoadModule(string name, string source)
    {
        using var gil = Gil.Acquire();
        if (Loaded(name) is { } loaded) return loaded;
        nint sourceText = Marshal.StringToCoTaskMemUTF8(source);
        nint moduleName = Marshal.StringToCoTaskMemUTF8(name);
        nint fileName = Marshal.StringToCoTaskMemUTF8($"<{name}>");
        nint code = 0;
        try
        {
            code = Values.Checked(LibPython.Py_CompileString((byte*)sourceText, (byte*)fileName, FileInput));
            return new PythonHandle(Values.Checked(LibPython.PyImport_ExecCodeModule((byte*)moduleName, code)));
        }
        finally
        {
            if (code != 0) LibPython.Py_DecRef(code);
            Marshal.FreeCoTaskMem(sourceText);
            Marshal.FreeCoTaskMem(moduleName);
            Marshal.FreeCoTaskMem(fileName);
        }
    }

    /// <summary>Imports a module as Python's <c>import</c> does.</summary>
    public PythonHandle ImportModule(string name)
    {
        using var gil = Gil.Acquire();
        fixed (byte* text = Encoding.UTF8.GetBytes(name + "\0"))
            return new PythonHandle(Values.Checked(LibPython.PyImport_ImportModule(text)));
    }

    public PythonHandle GetAttribute(PythonHandle owner, string name)
    {
        using var gil = Gil.Acquire();
        nint attribute = Marshal.StringToCoTaskMemUTF8(name);
        try
        {
            return new PythonHandle(Values.Checked(LibPython.PyObject_GetAttrString(owner.Pointer, (byte*)attribute)));
        }
        finally
        {
            Marshal.FreeCoTaskMem(attribute);
        }
    }

    public PythonValue Call(PythonHandle callable, params ReadOnlySpan<PythonValue> arguments)
    {
        using var gil = Gil.Acquire();
        PythonHandle.DropAbandoned();
        return Calls.Call(callable.Pointer, arguments);
    }

    /// <summary>The Python error that an exception represents: its own, or that of a <c>PythonException</c> of pythonnet;
    /// null where it represents none.</summary>
    public static PythonCallException? AsPythonError(Exception exception)
    {
        if (exception is PythonCallException || Errors.Foreign is null) return exception as PythonCallException;
        using var gil = Gil.Acquire();
        return Errors.FromForeign(exception);
    }

    /// <summary>Makes a Python callable that calls C#, and keeps what it calls alive.</summary>
    public PythonHandle CreateCallback(PythonCallback callback)
    {
        using var gil = Gil.Acquire();
        return new PythonHandle(Callbacks.Create(callback));
    }

    /// <inheritdoc cref="CreateCallback(PythonCallback)"/>
    public PythonHandle CreateCallback(PythonAction action) => CreateCallback((PythonCallback)(arguments =>
    {
        action(arguments);
        return PythonValue.None;
    }));

    private static PythonHandle? Loaded(string name)
    {
        nint key = Values.StringToPython(name);
        nint module = LibPython.PyImport_GetModule(key);
        LibPython.Py_DecRef(key);
        if (module != 0) return new PythonHandle(module);
        return LibPython.PyErr_Occurred() == 0 ? null : throw Errors.Fetch();
    }

    private static PythonBridge Connect(PythonValue hostErrorType)
    {
        var bridge = new PythonBridge();
        GlueSource.Embed(bridge);
        using PythonHandle errors = bridge.ImportModule($"{GlueSource.Package}.errors");
        using PythonHandle connect = bridge.GetAttribute(errors, "connect");
        PythonValue[] glue = bridge.Call(connect, hostErrorType).AsList();
        Errors.UseGlue(glue[0].AsHandle(), glue[1].AsHandle(), withDetails: !hostErrorType.IsNone);
        return bridge;
    }
}
