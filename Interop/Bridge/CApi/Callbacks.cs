using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hpo.Interop.Bridge.CApi;

/// <summary>Python callables that lead to C#. The callee runs with the GIL released.</summary>
internal static unsafe class Callbacks
{
    private const int MethFastCall = 0x0080;

    private static readonly MethodDefinition* Definition = CreateDefinition();

    /// <returns>A new reference to a builtin function that owns <paramref name="callback"/>.</returns>
    public static nint Create(PythonCallback callback)
    {
        nint self = Capsules.Create(callback);
        nint function = LibPython.PyCFunction_NewEx(Definition, self, 0);
        LibPython.Py_DecRef(self); // the function holds it now
        return Values.Checked(function);
    }

    // CPython keeps the pointer for as long as a function exists: the definition is never freed.
    private static MethodDefinition* CreateDefinition()
    {
        var definition = (MethodDefinition*)NativeMemory.AllocZeroed((nuint)sizeof(MethodDefinition));
        definition->Name = Marshal.StringToCoTaskMemUTF8("dotnet_callback");
        definition->Function = &Invoke;
        definition->Flags = MethFastCall;
        return definition;
    }

    // An exception must not cross the native frame: every path ends in a result or in Python's error set.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Invoke(nint self, nint* arguments, nint count)
    {
        try
        {
            var callback = (PythonCallback)Capsules.Target(self)!;
            var values = new PythonValue[count];
            for (int i = 0; i < values.Length; i++) values[i] = Values.FromPython(arguments[i]);
            PythonValue result;
            nint threadState = LibPython.PyEval_SaveThread();
            try
            {
                result = callback(values);
            }
            finally
            {
                LibPython.PyEval_RestoreThread(threadState);
            }
            PythonHandle.DropAbandoned();
            return Values.ToPython(result);
        }
        catch (Exception exception)
        {
            Errors.Raise(exception);
            return 0;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct MethodDefinition
    {
        public nint Name;
        public delegate* unmanaged[Cdecl]<nint, nint*, nint, nint> Function;
        public int Flags;
        public nint Documentation;
    }
}
