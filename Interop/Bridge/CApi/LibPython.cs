using System.Runtime.InteropServices;

namespace Hpo.Interop.Bridge.CApi;

/// <summary>
/// The exports of libpython that the bridge uses. Static, because CPython itself allows one interpreter a process.
/// Functions that came later than Python 3.10 are null where the library lacks them. Variadic functions and the
/// macros of the headers are deliberately absent: neither can be called safely from here.
/// </summary>
internal static unsafe class LibPython
{
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

    public static nint None;
    public static nint BoolType;
    public static nint LongType;
    public static nint FloatType;
    public static nint UnicodeType;
    public static nint BytesType;
    public static nint ListType;
    public static nint TupleType;
    public static nint DictType;
    public static nint RuntimeError;

    /// <summary>Resolves every export. Call once, before anything else.</summary>
    /// <exception cref="EntryPointNotFoundException">The library lacks a function that Python 3.10 has.</exception>
    public static void Bind(nint library)
    {
        Py_IsInitialized = (delegate* unmanaged[Cdecl]<int>)Export("Py_IsInitialized");
        PyGILState_Ensure = (delegate* unmanaged[Cdecl]<int>)Export("PyGILState_Ensure");
        PyGILState_Release = (delegate* unmanaged[Cdecl]<int, void>)Export("PyGILState_Release");
        PyGILState_Check = (delegate* unmanaged[Cdecl]<int>)Export("PyGILState_Check");
        PyGILState_GetThisThreadState = (delegate* unmanaged[Cdecl]<nint>)Export("PyGILState_GetThisThreadState");
        PyThreadState_GetDict = (delegate* unmanaged[Cdecl]<nint>)Export("PyThreadState_GetDict");
        PyThreadState_Clear = (delegate* unmanaged[Cdecl]<nint, void>)Export("PyThreadState_Clear");
        PyThreadState_Delete = (delegate* unmanaged[Cdecl]<nint, void>)Export("PyThreadState_Delete");
        PyThreadState_DeleteCurrent = (delegate* unmanaged[Cdecl]<void>)Export("PyThreadState_DeleteCurrent");
        PyEval_SaveThread = (delegate* unmanaged[Cdecl]<nint>)Export("PyEval_SaveThread");
        PyEval_RestoreThread = (delegate* unmanaged[Cdecl]<nint, void>)Export("PyEval_RestoreThread");

        Py_IncRef = (delegate* unmanaged[Cdecl]<nint, void>)Export("Py_IncRef");
        Py_DecRef = (delegate* unmanaged[Cdecl]<nint, void>)Export("Py_DecRef");
        PyObject_Vectorcall = (delegate* unmanaged[Cdecl]<nint, nint*, nuint, nint, nint>)Optional("PyObject_Vectorcall");
        PyObject_Call = (delegate* unmanaged[Cdecl]<nint, nint, nint, nint>)Export("PyObject_Call");
        PyObject_GetAttrString = (delegate* unmanaged[Cdecl]<nint, byte*, nint>)Export("PyObject_GetAttrString");
        PyObject_IsInstance = (delegate* unmanaged[Cdecl]<nint, nint, int>)Export("PyObject_IsInstance");
        PyObject_Type = (delegate* unmanaged[Cdecl]<nint, nint>)Export("PyObject_Type");
        PyObject_Str = (delegate* unmanaged[Cdecl]<nint, nint>)Export("PyObject_Str");
        PyType_GetFlags = (delegate* unmanaged[Cdecl]<nint, nuint>)Export("PyType_GetFlags");
        PyType_IsSubtype = (delegate* unmanaged[Cdecl]<nint, nint, int>)Export("PyType_IsSubtype");

        Py_CompileString = (delegate* unmanaged[Cdecl]<byte*, byte*, int, nint>)Export("Py_CompileString");
        PyImport_ExecCodeModule = (delegate* unmanaged[Cdecl]<byte*, nint, nint>)Export("PyImport_ExecCodeModule");
        PyImport_ImportModule = (delegate* unmanaged[Cdecl]<byte*, nint>)Export("PyImport_ImportModule");
        PyImport_GetModule = (delegate* unmanaged[Cdecl]<nint, nint>)Export("PyImport_GetModule");

        PyLong_FromLongLong = (delegate* unmanaged[Cdecl]<long, nint>)Export("PyLong_FromLongLong");
        PyLong_AsLongLong = (delegate* unmanaged[Cdecl]<nint, long>)Export("PyLong_AsLongLong");
        PyFloat_FromDouble = (delegate* unmanaged[Cdecl]<double, nint>)Export("PyFloat_FromDouble");
        PyFloat_AsDouble = (delegate* unmanaged[Cdecl]<nint, double>)Export("PyFloat_AsDouble");
        PyBool_FromLong = (delegate* unmanaged[Cdecl]<nint, nint>)Export("PyBool_FromLong");
        PyUnicode_FromStringAndSize = (delegate* unmanaged[Cdecl]<byte*, nint, nint>)Export("PyUnicode_FromStringAndSize");
        PyUnicode_AsUTF8AndSize = (delegate* unmanaged[Cdecl]<nint, nint*, byte*>)Export("PyUnicode_AsUTF8AndSize");
        PyBytes_FromStringAndSize = (delegate* unmanaged[Cdecl]<byte*, nint, nint>)Export("PyBytes_FromStringAndSize");
        PyBytes_AsStringAndSize = (delegate* unmanaged[Cdecl]<nint, byte**, nint*, int>)Export("PyBytes_AsStringAndSize");
        PyTuple_New = (delegate* unmanaged[Cdecl]<nint, nint>)Export("PyTuple_New");
        PyTuple_SetItem = (delegate* unmanaged[Cdecl]<nint, nint, nint, int>)Export("PyTuple_SetItem");
        PyTuple_Size = (delegate* unmanaged[Cdecl]<nint, nint>)Export("PyTuple_Size");
        PyTuple_GetItem = (delegate* unmanaged[Cdecl]<nint, nint, nint>)Export("PyTuple_GetItem");
        PyList_New = (delegate* unmanaged[Cdecl]<nint, nint>)Export("PyList_New");
        PyList_SetItem = (delegate* unmanaged[Cdecl]<nint, nint, nint, int>)Export("PyList_SetItem");
        PyList_Size = (delegate* unmanaged[Cdecl]<nint, nint>)Export("PyList_Size");
        PyList_GetItem = (delegate* unmanaged[Cdecl]<nint, nint, nint>)Export("PyList_GetItem");
        PyDict_New = (delegate* unmanaged[Cdecl]<nint>)Export("PyDict_New");
        PyDict_SetItem = (delegate* unmanaged[Cdecl]<nint, nint, nint, int>)Export("PyDict_SetItem");
        PyDict_Next = (delegate* unmanaged[Cdecl]<nint, nint*, nint*, nint*, int>)Export("PyDict_Next");

        PyCFunction_NewEx = (delegate* unmanaged[Cdecl]<void*, nint, nint, nint>)Export("PyCFunction_NewEx");
        PyCapsule_New = (delegate* unmanaged[Cdecl]<nint, byte*, nint, nint>)Export("PyCapsule_New");
        PyCapsule_GetPointer = (delegate* unmanaged[Cdecl]<nint, byte*, nint>)Export("PyCapsule_GetPointer");

        PyErr_Occurred = (delegate* unmanaged[Cdecl]<nint>)Export("PyErr_Occurred");
        PyErr_Clear = (delegate* unmanaged[Cdecl]<void>)Export("PyErr_Clear");
        PyErr_Fetch = (delegate* unmanaged[Cdecl]<nint*, nint*, nint*, void>)Export("PyErr_Fetch");
        PyErr_NormalizeException =
            (delegate* unmanaged[Cdecl]<nint*, nint*, nint*, void>)Export("PyErr_NormalizeException");
        PyException_SetTraceback = (delegate* unmanaged[Cdecl]<nint, nint, int>)Export("PyException_SetTraceback");
        PyErr_GetRaisedException = (delegate* unmanaged[Cdecl]<nint>)Optional("PyErr_GetRaisedException");
        PyErr_SetRaisedException = (delegate* unmanaged[Cdecl]<nint, void>)Optional("PyErr_SetRaisedException");
        PyErr_SetObject = (delegate* unmanaged[Cdecl]<nint, nint, void>)Export("PyErr_SetObject");
        PyErr_SetString = (delegate* unmanaged[Cdecl]<nint, byte*, void>)Export("PyErr_SetString");

        None = Export("_Py_NoneStruct");
        BoolType = Export("PyBool_Type");
        LongType = Export("PyLong_Type");
        FloatType = Export("PyFloat_Type");
        UnicodeType = Export("PyUnicode_Type");
        BytesType = Export("PyBytes_Type");
        ListType = Export("PyList_Type");
        TupleType = Export("PyTuple_Type");
        DictType = Export("PyDict_Type");
        // Exception classes are exported as variables that point to the class; they are set by the initialisation.
        _runtimeErrorVariable = Export("PyExc_RuntimeError");

        nint Export(string name) => NativeLibrary.GetExport(library, name);
        nint Optional(string name) => NativeLibrary.TryGetExport(library, name, out nint address) ? address : 0;
    }

    /// <summary>Reads what only an initialised interpreter has.</summary>
    public static void ReadVariables() => RuntimeError = *(nint*)_runtimeErrorVariable;

    private static nint _runtimeErrorVariable;
}
