namespace Hpo.Interop.Bridge.CApi;

/// <summary>
/// A lock under which Python is called. A thread that waits for it while holding the GIL, as within pythonnet's <c>Py.GIL()</c>,
/// releases the GIL meanwhile: else the lock's holder, who needs the GIL, would wait for ever.
/// </summary>
internal sealed unsafe class GilFreeLock
{
    // Whether the GIL is held is not known before Python is bound, which another thread may do meanwhile: polled at this interval.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();

    public Scope Enter()
    {
        if (_lock.TryEnter()) return new Scope(_lock);
        nint threadState = 0;
        do
        {
            if (threadState == 0 && Gil.IsHeld) threadState = LibPython.PyEval_SaveThread();
        }
        while (!_lock.TryEnter(Interval));
        if (threadState != 0) LibPython.PyEval_RestoreThread(threadState);
        return new Scope(_lock);
    }

    /// <summary>Leaves the lock at its end.</summary>
    public readonly ref struct Scope(Lock entered)
    {
        public void Dispose() => entered.Exit();
    }
}
