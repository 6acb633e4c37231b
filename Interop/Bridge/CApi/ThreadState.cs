using System.Collections.Concurrent;

namespace Hpo.Interop.Bridge.CApi;

/// <summary>
/// Python's state of a .NET thread, kept for as long as the thread lives. PyGILState_Release would delete it at the end of each
/// outermost call, but extensions written with pybind11 (torch, scipy) remember the state of the thread that imports them,
/// and abort the process when they meet another one there.
/// </summary>
internal sealed unsafe class ThreadState
{
    // So many states of threads that are gone are left until the next thread comes.
    private const int MostAbandoned = 32;

    private const int GilWasNotHeld = 1; // PyGILState_UNLOCKED

    private static readonly ConcurrentQueue<nint> Abandoned = new();

    [ThreadStatic]
    private static bool _isKept;

    [ThreadStatic]
    private static ThreadState? _own;

    private readonly nint _state;
    private readonly Life _life = new();

    private ThreadState(nint state) => _state = state;

    // The thread has ended. Python deletes the states of threads that it started itself.
    ~ThreadState()
    {
        if (!_life.IsOver) Abandoned.Enqueue(_state);
    }

    /// <summary>Ensures that the calling thread has a state, and keeps it.</summary>
    public static void Keep()
    {
        if (_isKept) return;
        _isKept = true;
        if (Abandoned.Count >= MostAbandoned) new Thread(DropAbandoned) { IsBackground = true }.Start();
        bool existed = LibPython.PyGILState_GetThisThreadState() != 0;
        // Never released: a state with an Ensure more than it has Releases outlives the scope that made it, which may be
        // pythonnet's Py.GIL() around the thread's first call.
        int before = LibPython.PyGILState_Ensure();
        _own = new ThreadState(LibPython.PyGILState_GetThisThreadState());
        if (existed) _own.WatchForItsEnd();
        if (before == GilWasNotHeld) LibPython.PyEval_SaveThread();
    }

    // A state that existed is a scope's, which nobody deletes now, or that of a thread of Python's own, which Python does. Its
    // dictionary, where Python keeps what belongs to the thread, is dropped with it.
    private void WatchForItsEnd()
    {
        nint dictionary = LibPython.PyThreadState_GetDict(); // borrowed
        if (dictionary == 0) return;
        nint key = Values.StringToPython("hpo.thread_state");
        nint capsule = Capsules.Create(_life);
        if (LibPython.PyDict_SetItem(dictionary, key, capsule) != 0) LibPython.PyErr_Clear();
        LibPython.Py_DecRef(capsule);
        LibPython.Py_DecRef(key);
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

    private sealed class Life : ICapsuleContent
    {
        private volatile bool _isOver;

        public bool IsOver => _isOver;

        public void Released() => _isOver = true;
    }
}
