namespace Hpo.Interop.Engine;

/// <summary>
/// An owned reference to a Python object. Letting go never takes the GIL: the reference is queued, and the engine
/// drops it when it holds the GIL next, since a finalizer that drops it right away would crash the interpreter.
/// </summary>
internal abstract class PythonHandle : IDisposable
{
    private int _released;

    ~PythonHandle() => ReleaseOnce();

    public bool IsReleased => Volatile.Read(ref _released) != 0;

    public void Dispose()
    {
        ReleaseOnce();
        GC.SuppressFinalize(this);
    }

    protected abstract void QueueRelease();

    private void ReleaseOnce()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0) QueueRelease();
    }
}
