using System.Runtime.InteropServices;
using System.Text;

namespace Hpo.Interop.Bridge.CApi;

/// <summary>Converts values that cross. The caller holds the GIL; a new reference belongs to the caller.</summary>
internal static unsafe class Values
{
    private const int StackBytes = 256;
    private const int DeepestNesting = 200;

    private const nuint LongSubclass = 1u << 24;
    private const nuint ListSubclass = 1u << 25;
    private const nuint TupleSubclass = 1u << 26;
    private const nuint BytesSubclass = 1u << 27;
    private const nuint UnicodeSubclass = 1u << 28;
    private const nuint DictSubclass = 1u << 29;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private static int _typeOffset = -1;

    /// <returns>A new reference.</returns>
    /// <exception cref="ArgumentException">A string holds a lone surrogate.</exception>
    public static nint ToPython(in PythonValue value, int depth = 0)
    {
        CheckDepth(depth);
        switch (value.Kind)
        {
            case PythonKind.None:
                LibPython.Py_IncRef(LibPython.None);
                return LibPython.None;
            case PythonKind.Bool:
                return Checked(LibPython.PyBool_FromLong(value.AsBool() ? 1 : 0));
            case PythonKind.Integer:
                return Checked(LibPython.PyLong_FromLongLong(value.AsInteger()));
            case PythonKind.Float:
                return Checked(LibPython.PyFloat_FromDouble(value.AsFloat()));
            case PythonKind.String:
                return StringToPython(value.AsString());
            case PythonKind.Bytes:
                byte[] bytes = value.AsBytes();
                fixed (byte* start = bytes) return Checked(LibPython.PyBytes_FromStringAndSize(start, bytes.Length));
            case PythonKind.List:
                return ListToPython(value.AsList(), depth + 1);
            case PythonKind.Map:
                return MapToPython(value.AsMap(), depth + 1);
            default:
                nint pointer = value.AsHandle().Pointer;
                LibPython.Py_IncRef(pointer);
                return pointer;
        }
    }

    /// <summary>Reads a value, of which the caller keeps the reference.</summary>
    public static PythonValue FromPython(nint pointer, int depth = 0)
    {
        CheckDepth(depth);
        if (pointer == LibPython.None) return PythonValue.None;
        nint type = TypeOf(pointer);
        if (type == LibPython.FloatType) return LibPython.PyFloat_AsDouble(pointer);
        if (type == LibPython.LongType) return IntegerFromPython(pointer);
        if (type == LibPython.BoolType) return LibPython.PyLong_AsLongLong(pointer) != 0;
        if (type == LibPython.UnicodeType) return StringFromPython(pointer);

        nuint flags = LibPython.PyType_GetFlags(type);
        if ((flags & UnicodeSubclass) != 0) return StringFromPython(pointer);
        if ((flags & LongSubclass) != 0) return IntegerFromPython(pointer);
        if ((flags & ListSubclass) != 0)
            return ItemsFromPython(pointer, depth + 1, LibPython.PyList_Size, LibPython.PyList_GetItem);
        if ((flags & TupleSubclass) != 0)
            return ItemsFromPython(pointer, depth + 1, LibPython.PyTuple_Size, LibPython.PyTuple_GetItem);
        if ((flags & DictSubclass) != 0) return MapFromPython(pointer, depth + 1);
        if ((flags & BytesSubclass) != 0) return BytesFromPython(pointer);
        if (LibPython.PyType_IsSubtype(type, LibPython.FloatType) != 0) return LibPython.PyFloat_AsDouble(pointer);

        LibPython.Py_IncRef(pointer);
        return new PythonHandle(pointer);
    }

    public static string StringFromPython(nint pointer)
    {
        nint length;
        byte* text = LibPython.PyUnicode_AsUTF8AndSize(pointer, &length);
        if (text == null) throw Errors.Fetch();
        return Encoding.UTF8.GetString(text, checked((int)length));
    }

    public static nint StringToPython(string text)
    {
        int size = StrictUtf8.GetMaxByteCount(text.Length);
        byte[]? rented = size > StackBytes ? System.Buffers.ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> buffer = rented ?? stackalloc byte[StackBytes];
        try
        {
            int length = StrictUtf8.GetBytes(text, buffer);
            fixed (byte* start = buffer) return Checked(LibPython.PyUnicode_FromStringAndSize(start, length));
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException(
                $"The text holds a lone surrogate at index {exception.Index}, which cannot become a Python str.",
                exception);
        }
        finally
        {
            if (rented is not null) System.Buffers.ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The reference, or the error that Python set instead of making it.</summary>
    public static nint Checked(nint newReference) => newReference != 0 ? newReference : throw Errors.Fetch();

    private static PythonValue IntegerFromPython(nint pointer)
    {
        long number = LibPython.PyLong_AsLongLong(pointer);
        return number == -1 && LibPython.PyErr_Occurred() != 0 ? throw Errors.Fetch() : number;
    }

    private static PythonValue BytesFromPython(nint pointer)
    {
        byte* start;
        nint length;
        if (LibPython.PyBytes_AsStringAndSize(pointer, &start, &length) != 0) throw Errors.Fetch();
        return new ReadOnlySpan<byte>(start, checked((int)length)).ToArray();
    }

    private static PythonValue[] ItemsFromPython(
        nint pointer,
        int depth,
        delegate* unmanaged[Cdecl]<nint, nint> size,
        delegate* unmanaged[Cdecl]<nint, nint, nint> item)
    {
        var items = new PythonValue[size(pointer)];
        for (int i = 0; i < items.Length; i++) items[i] = FromPython(item(pointer, i), depth);
        return items;
    }

    private static OrderedDictionary<string, PythonValue> MapFromPython(nint pointer, int depth)
    {
        var map = new OrderedDictionary<string, PythonValue>();
        nint position = 0, key, value;
        while (LibPython.PyDict_Next(pointer, &position, &key, &value) != 0)
        {
            PythonValue name = FromPython(key);
            if (name.Kind != PythonKind.String)
                throw new InvalidCastException("A dict whose keys are not all str cannot cross to C#.");
            map[name.AsString()] = FromPython(value, depth);
        }
        return map;
    }

    private static nint ListToPython(PythonValue[] items, int depth)
    {
        nint list = Checked(LibPython.PyList_New(items.Length));
        try
        {
            // SetItem steals the item's reference. The unfilled rest of a list that fails half-way is NULL, which
            // CPython's deallocation expects.
            for (int i = 0; i < items.Length; i++)
            {
                if (LibPython.PyList_SetItem(list, i, ToPython(items[i], depth)) != 0) throw Errors.Fetch();
            }
            return list;
        }
        catch
        {
            LibPython.Py_DecRef(list);
            throw;
        }
    }

    private static nint MapToPython(OrderedDictionary<string, PythonValue> map, int depth)
    {
        nint dict = Checked(LibPython.PyDict_New());
        nint key = 0, value = 0;
        try
        {
            foreach ((string name, PythonValue item) in map)
            {
                key = StringToPython(name);
                value = ToPython(item, depth);
                if (LibPython.PyDict_SetItem(dict, key, value) != 0) throw Errors.Fetch();
                LibPython.Py_DecRef(key);
                LibPython.Py_DecRef(value);
                key = value = 0;
            }
            return dict;
        }
        catch
        {
            if (key != 0) LibPython.Py_DecRef(key);
            if (value != 0) LibPython.Py_DecRef(value);
            LibPython.Py_DecRef(dict);
            throw;
        }
    }

    // A list that holds itself would otherwise end the process with a stack overflow.
    private static void CheckDepth(int depth)
    {
        if (depth > DeepestNesting)
            throw new InvalidCastException($"A value nested deeper than {DeepestNesting} levels cannot cross.");
    }

    private static nint TypeOf(nint pointer)
    {
        if (_typeOffset < 0) _typeOffset = FindTypeOffset();
        return *(nint*)(pointer + _typeOffset);
    }

    // Py_TYPE is a macro, and PyObject's header differs between builds (free-threaded ones are larger): the place of
    // ob_type is read off a known object instead of being assumed.
    private static int FindTypeOffset()
    {
        nint type = LibPython.PyObject_Type(LibPython.None);
        LibPython.Py_DecRef(type);
        for (int offset = sizeof(nint); offset <= 8 * sizeof(nint); offset += sizeof(nint))
        {
            if (Marshal.ReadIntPtr(LibPython.None, offset) == type) return offset;
        }
        throw new PythonStartException("The layout of this Python's objects is not known to the bridge.");
    }
}
