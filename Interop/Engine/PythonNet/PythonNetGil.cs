using System.Collections.Concurrent;
using Python.Runtime;

namespace Hpo.Interop.Engine;

/// <summary>
/// Holds the GIL for a scope. Python's state of the thread is kept afterwards, as <see cref="CApi.ThreadState"/> says why; of
/// a thread that is gone it is left behind, since pythonnet has no way to delete it.
/// </summary>
internal static class PythonNetGil
{
    // Never to be finalized: it would end the process.
    private static readonly ConcurrentBag<Py.GILState> Kept = [];

    [ThreadStatic]
    private static bool _isKept;

    public static Py.GILState Acquire()
    {
        if (!_isKept)
        {
            _isKept = true;
            // The outer one gives the GIL back; the inner one, which never ends, keeps the state.
            using Py.GILState outer = Py.GIL();
            Kept.Add(Py.GIL());
        }

        return Py.GIL();
    }
}
