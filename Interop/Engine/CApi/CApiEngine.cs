using System.Runtime.InteropServices;

namespace Hpo.Interop.Engine.CApi;

/// <summary>The engine over the CPython C API: no package needed, and the least cost a crossing.</summary>
internal sealed unsafe class CApiEngine : IPythonEngine
{
    private const int FileInput = 257; // Py_file_input

    private CApiEngine()
    {
    }

    public string Name => PythonEngines.CApi;

    /// <exception cref="PythonStartException">Python cannot be started in this process.</exception>
    public static CApiEngine Start(PythonInstallation installation)
    {
        Interpreter.Start(installation);
        var engine = new CApiEngine();
        PythonHandle errors = engine.LoadErrors();
        Errors.UseGlue(
            (CApiHandle)engine.GetAttribute(errors, "DotNetError"),
            (CApiHandle)engine.GetAttribute(errors, "describe"),
            withDetails: false);
        return engine;
    }

    /// <summary>Uses the interpreter that hosts this process.</summary>
    /// <param name="library">The loader's handle of the library, or of the program, that holds Python.</param>
    /// <param name="hostErrorType">A borrowed reference to the Python class of exceptions that C# code throws.</param>
    /// <exception cref="EntryPointNotFoundException">It lacks a function that Python 3.10 has.</exception>
    public static CApiEngine Attach(nint library, nint hostErrorType)
    {
        Interpreter.Attach(library);
        var engine = new CApiEngine();
        PythonHandle errors = engine.LoadErrors();
        Errors.UseGlue(Borrow(hostErrorType), (CApiHandle)engine.GetAttribute(errors, "describe"), withDetails: true);
        return engine;
    }

    /// <summary>Takes a reference of its own to an object that Python holds.</summary>
    public static CApiHandle Borrow(nint pointer)
    {
        using var gil = Gil.Acquire();
        LibPython.Py_IncRef(pointer);
        return new CApiHandle(pointer);
    }

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
            return new CApiHandle(Values.Checked(LibPython.PyImport_ExecCodeModule((byte*)moduleName, code)));
        }
        finally
        {
            if (code != 0) LibPython.Py_DecRef(code);
            Marshal.FreeCoTaskMem(sourceText);
            Marshal.FreeCoTaskMem(moduleName);
            Marshal.FreeCoTaskMem(fileName);
        }
    }

    public PythonHandle GetAttribute(PythonHandle owner, string name)
    {
        using var gil = Gil.Acquire();
        nint attribute = Marshal.StringToCoTaskMemUTF8(name);
        try
        {
            return new CApiHandle(Values.Checked(
                LibPython.PyObject_GetAttrString(((CApiHandle)owner).Pointer, (byte*)attribute)));
        }
        finally
        {
            Marshal.FreeCoTaskMem(attribute);
        }
    }

    public PythonValue Call(PythonHandle callable, params ReadOnlySpan<PythonValue> arguments)
    {
        using var gil = Gil.Acquire();
        CApiHandle.DropAbandoned();
        return Calls.Call(((CApiHandle)callable).Pointer, arguments);
    }

    public PythonHandle CreateCallback(PythonCallback callback)
    {
        using var gil = Gil.Acquire();
        return new CApiHandle(Callbacks.Create(callback));
    }

    private static CApiHandle? Loaded(string name)
    {
        nint key = Values.StringToPython(name);
        nint module = LibPython.PyImport_GetModule(key);
        LibPython.Py_DecRef(key);
        if (module != 0) return new CApiHandle(module);
        return LibPython.PyErr_Occurred() == 0 ? null : throw Errors.Fetch();
    }

    private PythonHandle LoadErrors()
    {
        LoadModule(GlueSource.PackageModule, GlueSource.Read(GlueSource.PackageModule)).Dispose();
        return LoadModule(GlueSource.ErrorsModule, GlueSource.Read(GlueSource.ErrorsModule));
    }
}
