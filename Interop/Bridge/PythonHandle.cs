using System.Collections.Concurrent;
using Hpo.Interop.Bridge.CApi;

namespace Hpo.Interop.Bridge;

/// <summary>
/// An owned reference to a Python object, a <c>PyObject*</c>. Letting go never takes the GIL: the reference is queued, and
/// the bridge drops it when it holds the GIL next, since a finalizer that drops it right away would crash the interpreter.
/// </summary>
internal sealed class PythonHandle : IDisposable
{
    private static readonly ConcurrentQueue<nint> Abandoned = new();

    private readonly nint _pointer;
    private int _released;

    /// <param name="stolenReference">A reference that this handle takes over.</param>
    public PythonHandle(nint stolenReference) => _pointer = stolenReference;

    ~PythonHandle() => ReleaseOnce();

    public bool IsReleased => Volatile.Read(ref _released) != 0;

    /// <summary>The object, for as long as this handle is kept alive.</summary>
    /// <exception cref="ObjectDisposedException">It was released.</exception>
    public nint Pointer =>
        IsReleased ? throw new ObjectDisposedException(nameof(PythonHandle), "The Python object was released.") : _pointer;

    /// <summary>Drops the references of disposed handles. The caller holds the GIL.</summary>
    public static unsafe void DropAbandoned()
    {
        while (Abandoned.TryDequeue(out nint pointer)) LibPython.Py_DecRef(pointer);
    }

    public void Dispose()
    {
        ReleaseOnce();
        GC.SuppressFinalize(this);
    }

    private void ReleaseOnce()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0) Abandoned.Enqueue(_pointer);
    }
}
