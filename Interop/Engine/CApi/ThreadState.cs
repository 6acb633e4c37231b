using System.Collections.Concurrent;

namespace Hpo.Interop.Engine.CApi;

/// <summary>
/// Python's state of a .NET thread, kept for as long as the thread lives. PyGILState_Release would delete it at the end of each
/// outermost call, but extensions written with pybind11 (torch, scipy) remember the state of the thread that imports them,
/// and abort the process when they meet another one there.
/// </summary>
internal sealed unsafe class ThreadState
{
    // So many states of threads that are gone are left until the next thread comes.
    private const int MostAbandoned = 32;

    private static readonly ConcurrentQueue<nint> Abandoned = new();

    [ThreadStatic]
    private static bool _isKept;

    [ThreadStatic]
    private static ThreadState? _own;

    private readonly nint _state;

    private ThreadState(nint state) => _state = state;

    // The thread has ended.
    ~ThreadState() => Abandoned.Enqueue(_state);

    /// <summary>Sees to it that the calling thread has a state, and keeps it.</summary>
    public static void Keep()
    {
        if (_isKept) return;
        _isKept = true;
        // Threads of Python's own have one, which Python deletes.
        if (LibPython.PyGILState_GetThisThreadState() != 0) return;
        if (Abandoned.Count >= MostAbandoned) new Thread(DropAbandoned) { IsBackground = true }.Start();
        LibPython.PyGILState_Ensure(); // and never released
        _own = new ThreadState(LibPython.PyGILState_GetThisThreadState());
        LibPython.PyEval_SaveThread();
    }

    // To delete another thread's state makes CPython 3.12 and later forget the caller's: this is done by a thread that ends.
    private static void DropAbandoned()
    {
        LibPython.PyGILState_Ensure();
        nint own = LibPython.PyGILState_GetThisThreadState();
        while (Abandoned.TryDequeue(out nint state))
        {
            LibPython.PyThreadState_Clear(state);
            LibPython.PyThreadState_Delete(state);
        }

        LibPython.PyThreadState_Clear(own);
        LibPython.PyThreadState_DeleteCurrent();
    }
}
