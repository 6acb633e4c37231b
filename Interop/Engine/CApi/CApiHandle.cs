using System.Collections.Concurrent;

namespace Hpo.Interop.Engine.CApi;

/// <summary>An owned <c>PyObject*</c>.</summary>
internal sealed class CApiHandle : PythonHandle
{
    private static readonly ConcurrentQueue<nint> Abandoned = new();

    private readonly nint _pointer;

    /// <param name="stolenReference">A reference that this handle takes over.</param>
    public CApiHandle(nint stolenReference) => _pointer = stolenReference;

    public nint Pointer =>
        IsReleased ? throw new ObjectDisposedException(nameof(PythonHandle), "The Python object was released.") : _pointer;

    /// <summary>Drops the references that handles let go of. The caller holds the GIL.</summary>
    public static unsafe void DropAbandoned()
    {
        while (Abandoned.TryDequeue(out nint pointer)) LibPython.Py_DecRef(pointer);
    }

    protected override void QueueRelease() => Abandoned.Enqueue(_pointer);
}
