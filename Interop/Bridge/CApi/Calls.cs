namespace Hpo.Interop.Bridge.CApi;

/// <summary>Calls Python functions. The caller holds the GIL.</summary>
internal static unsafe class Calls
{
    private const int StackArguments = 16;

    // PY_VECTORCALL_ARGUMENTS_OFFSET: the callee may use the slot before the first argument.
    private static readonly nuint ArgumentsOffset = (nuint)1 << (8 * sizeof(nuint) - 1);

    public static PythonValue Call(nint callable, ReadOnlySpan<PythonValue> arguments)
    {
        // One slot more than there are arguments, for the offset flag.
        Span<nint> slots = arguments.Length < StackArguments
            ? stackalloc nint[StackArguments]
            : new nint[arguments.Length + 1];
        int converted = 0;
        nint result;
        fixed (nint* start = slots)
        {
            try
            {
                for (; converted < arguments.Length; converted++)
                    start[converted + 1] = Values.ToPython(arguments[converted]);
                result = Invoke(callable, start + 1, arguments.Length);
            }
            finally
            {
                for (int i = 1; i <= converted; i++) LibPython.Py_DecRef(start[i]);
            }
        }
        if (result == 0) throw Errors.Fetch();
        try
        {
            return Values.FromPython(result);
        }
        finally
        {
            LibPython.Py_DecRef(result);
        }
    }

    /// <param name="callable">The function.</param>
    /// <param name="arguments">Borrowed references; the slot before the first one exists.</param>
    /// <param name="count">How many there are.</param>
    /// <returns>A new reference, or 0 with Python's error set.</returns>
    public static nint Invoke(nint callable, nint* arguments, int count)
    {
        if (LibPython.PyObject_Vectorcall != null)
            return LibPython.PyObject_Vectorcall(callable, arguments, (nuint)count | ArgumentsOffset, 0);
        nint tuple = LibPython.PyTuple_New(count);
        if (tuple == 0) return 0;
        for (int i = 0; i < count; i++)
        {
            LibPython.Py_IncRef(arguments[i]); // SetItem steals
            _ = LibPython.PyTuple_SetItem(tuple, i, arguments[i]);
        }
        nint result = LibPython.PyObject_Call(callable, tuple, 0);
        LibPython.Py_DecRef(tuple);
        return result;
    }
}
