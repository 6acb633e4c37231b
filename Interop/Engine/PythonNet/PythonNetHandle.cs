using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Python.Runtime;

namespace Hpo.Interop.Engine;

/// <summary>An owned pythonnet object.</summary>
internal sealed class PythonNetHandle : PythonHandle
{
    private static readonly ConcurrentQueue<PyObject> Abandoned = new();

    private readonly PyObject _owned;

    [SuppressMessage("Usage", "CA1816", Justification = "This handle takes the object over, its release included.")]
    public PythonNetHandle(PyObject owned)
    {
        _owned = owned;
        // This handle's own queue releases it, at the next call instead of after the next few hundred.
        GC.SuppressFinalize(owned);
    }

    public PyObject Object =>
        IsReleased ? throw new ObjectDisposedException(nameof(PythonHandle), "The Python object was released.") : _owned;

    /// <summary>Drops the references that handles let go of. The caller holds the GIL.</summary>
    public static void DropAbandoned()
    {
        while (Abandoned.TryDequeue(out PyObject? released)) released.Dispose();
    }

    protected override void QueueRelease() => Abandoned.Enqueue(_owned);
}
