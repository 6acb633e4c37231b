using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hpo.Interop.Bridge.CApi;

/// <summary>Is notified when Python releases the capsule that holds it.</summary>
internal interface ICapsuleContent
{
    /// <summary>Runs in any Python garbage collection on any thread, with the GIL held; must not throw.</summary>
    void Released();
}

/// <summary>Python objects that hold a C# object for as long as Python holds them.</summary>
internal static unsafe class Capsules
{
    // A capsule keeps the pointer to its name, which therefore lives for ever.
    private static readonly nint Name = Marshal.StringToCoTaskMemUTF8("hpo.dotnet_object");

    /// <returns>A new reference.</returns>
    public static nint Create(object target)
    {
        nint handle = GCHandle.ToIntPtr(GCHandle.Alloc(target));
        delegate* unmanaged[Cdecl]<nint, void> destructor = &Free;
        nint capsule = LibPython.PyCapsule_New(handle, (byte*)Name, (nint)destructor);
        if (capsule != 0) return capsule;
        GCHandle.FromIntPtr(handle).Free();
        throw Errors.Fetch();
    }

    /// <summary>The object in a capsule of ours, or null with Python's error cleared.</summary>
    public static object? Target(nint capsule)
    {
        nint handle = LibPython.PyCapsule_GetPointer(capsule, (byte*)Name);
        if (handle != 0) return GCHandle.FromIntPtr(handle).Target;
        LibPython.PyErr_Clear();
        return null;
    }

    // Runs in any Python garbage collection on any thread.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Free(nint capsule)
    {
        nint handle = LibPython.PyCapsule_GetPointer(capsule, (byte*)Name);
        if (handle == 0) return;
        var content = GCHandle.FromIntPtr(handle);
        (content.Target as ICapsuleContent)?.Released();
        content.Free();
    }
}
