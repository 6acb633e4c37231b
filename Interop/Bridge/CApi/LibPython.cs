using System.Reflection;
using System.Runtime.InteropServices;

namespace Hpo.Interop.Bridge.CApi;

/// <summary>
/// The exports of libpython that the bridge uses. Static, because CPython itself allows one interpreter a process.
/// Functions that came later than Python 3.10 are null where the library lacks them. Variadic functions and the
/// macros of the headers are deliberately absent: neither can be called safely from here.
/// </summary>
internal static unsafe class LibPython
{
#pragma warning disable CS0649 // Bind sets each to the export of its name.
    public static delegate* unmanaged[Cdecl]<int> Py_IsInitialized;
    public static delegate* unmanaged[Cdecl]<int> PyGILState_Ensure;
    public static delegate* unmanaged[Cdecl]<int, void> PyGILState_Release;
    public static delegate* unmanaged[Cdecl]<int> PyGILState_Check;
    public static delegate* unmanaged[Cdecl]<nint> PyGILState_GetThisThreadState;
    public static delegate* unmanaged[Cdecl]<nint> PyThreadState_GetDict;
    public static delegate* unmanaged[Cdecl]<nint, void> PyThreadState_Clear;
    public static delegate* unmanaged[Cdecl]<nint, void> PyThreadState_Delete;
    public static delegate* unmanaged[Cdecl]<void> PyThreadState_DeleteCurrent;
    public static delegate* unmanaged[Cdecl]<nint> PyEval_SaveThread;
    public static delegate* unmanaged[Cdecl]<nint, void> PyEval_RestoreThread;

    public static delegate* unmanaged[Cdecl]<nint, void> Py_IncRef;
    public static delegate* unmanaged[Cdecl]<nint, void> Py_DecRef;
    public static delegate* unmanaged[Cdecl]<nint, nint*, nuint, nint, nint> PyObject_Vectorcall;
    public static delegate* unmanaged[Cdecl]<nint, nint, nint, nint> PyObject_Call;
    public static delegate* unmanaged[Cdecl]<nint, byte*, nint> PyObject_GetAttrString;
    public static delegate* unmanaged[Cdecl]<nint, nint, int> PyObject_IsInstance;
    public static delegate* unmanaged[Cdecl]<nint, nint> PyObject_Type;
    public static delegate* unmanaged[Cdecl]<nint, nint> PyObject_Str;
    public static delegate* unmanaged[Cdecl]<nint, nuint> PyType_GetFlags;
    public static delegate* unmanaged[Cdecl]<nint, nint, int> PyType_IsSubtype;

    public static delegate* unmanaged[Cdecl]<byte*, byte*, int, nint> Py_CompileString;
    public static delegate* unmanaged[Cdecl]<byte*, nint, nint> PyImport_ExecCodeModule;
    public static delegate* unmanaged[Cdecl]<byte*, nint> PyImport_ImportModule;
    public static delegate* unmanaged[Cdecl]<nint, nint> PyImport_GetModule;

    public static delegate* unmanaged[Cdecl]<long, nint> PyLong_FromLongLong;
    public static delegate* unmanaged[Cdecl]<nint, long> PyLong_AsLongLong;
    public static delegate* unmanaged[Cdecl]<double, nint> PyFloat_FromDouble;
    public static delegate* unmanaged[Cdecl]<nint, double> PyFloat_AsDouble;
    public static delegate* unmanaged[Cdecl]<nint, nint> PyBool_FromLong;
    public static delegate* unmanaged[Cdecl]<byte*, nint, nint> PyUnicode_FromStringAndSize;
    public static delegate* unmanaged[Cdecl]<nint, nint*, byte*> PyUnicode_AsUTF8AndSize;
    public static delegate* unmanaged[Cdecl]<byte*, nint, nint> PyBytes_FromStringAndSize;
    public static delegate* unmanaged[Cdecl]<nint, byte**, nint*, int> PyBytes_AsStringAndSize;
    public static delegate* unmanaged[Cdecl]<nint, nint> PyTuple_New;
    public static delegate* unmanaged[Cdecl]<nint, nint, nint, int> PyTuple_SetItem;
    public static delegate* unmanaged[Cdecl]<nint, nint> PyTuple_Size;
    public static delegate* unmanaged[Cdecl]<nint, nint, nint> PyTuple_GetItem;
    public static delegate* unmanaged[Cdecl]<nint, nint> PyList_New;
    public static delegate* unmanaged[Cdecl]<nint, nint, nint, int> PyList_SetItem;
    public static delegate* unmanaged[Cdecl]<nint, nint> PyList_Size;
    public static delegate* unmanaged[Cdecl]<nint, nint, nint> PyList_GetItem;
    public static delegate* unmanaged[Cdecl]<nint> PyDict_New;
    public static delegate* unmanaged[Cdecl]<nint, nint, nint, int> PyDict_SetItem;
    public static delegate* unmanaged[Cdecl]<nint, nint*, nint*, nint*, int> PyDict_Next;

    public static delegate* unmanaged[Cdecl]<void*, nint, nint, nint> PyCFunction_NewEx;
    public static delegate* unmanaged[Cdecl]<nint, byte*, nint, nint> PyCapsule_New;
    public static delegate* unmanaged[Cdecl]<nint, byte*, nint> PyCapsule_GetPointer;

    public static delegate* unmanaged[Cdecl]<nint> PyErr_Occurred;
    public static delegate* unmanaged[Cdecl]<void> PyErr_Clear;
    public static delegate* unmanaged[Cdecl]<nint*, nint*, nint*, void> PyErr_Fetch;
    public static delegate* unmanaged[Cdecl]<nint*, nint*, nint*, void> PyErr_NormalizeException;
    public static delegate* unmanaged[Cdecl]<nint, nint, int> PyException_SetTraceback;
    public static delegate* unmanaged[Cdecl]<nint> PyErr_GetRaisedException;
    public static delegate* unmanaged[Cdecl]<nint, void> PyErr_SetRaisedException;
    public static delegate* unmanaged[Cdecl]<nint, nint, void> PyErr_SetObject;
    public static delegate* unmanaged[Cdecl]<nint, byte*, void> PyErr_SetString;
#pragma warning restore CS0649

    public static nint None;
    public static nint BoolType;
    public static nint LongType;
    public static nint FloatType;
    public static nint UnicodeType;
    public static nint RuntimeError;

    // What not every version of Python exports: null there.
    private static readonly string[] Newer =
        [nameof(PyObject_Vectorcall), nameof(PyErr_GetRaisedException), nameof(PyErr_SetRaisedException)];

    /// <summary>Resolves every export. Call once, before anything else.</summary>
    /// <exception cref="EntryPointNotFoundException">The library lacks a function that Python 3.10 has.</exception>
    public static void Bind(nint library)
    {
        foreach (FieldInfo function in typeof(LibPython).GetFields().Where(field => field.FieldType.IsFunctionPointer))
            function.SetValue(null, Newer.Contains(function.Name) ? Optional(function.Name) : Export(function.Name));

        None = Export("_Py_NoneStruct");
        BoolType = Export("PyBool_Type");
        LongType = Export("PyLong_Type");
        FloatType = Export("PyFloat_Type");
        UnicodeType = Export("PyUnicode_Type");
        // Exception classes are exported as variables that point to the class; they are set by the initialisation.
        _runtimeErrorVariable = Export("PyExc_RuntimeError");

        nint Export(string name) => NativeLibrary.GetExport(library, name);
        nint Optional(string name) => NativeLibrary.TryGetExport(library, name, out nint address) ? address : 0;
    }

    /// <summary>Reads what only an initialised interpreter has.</summary>
    public static void ReadVariables() => RuntimeError = *(nint*)_runtimeErrorVariable;

    private static nint _runtimeErrorVariable;
}
