namespace Hpo.Interop.Bridge.CApi;

/// <summary>Holds the GIL for a scope. Entering twice on one thread is cheap and allowed.</summary>
internal readonly ref struct Gil
{
    private readonly int _state;

    private Gil(int state) => _state = state;

    /// <summary>Whether the calling thread holds it.</summary>
    public static unsafe bool IsHeld => LibPython.PyGILState_Check != null && LibPython.PyGILState_Check() != 0;

    public static unsafe Gil Acquire()
    {
        ThreadState.Keep();
        return new(LibPython.PyGILState_Ensure());
    }

    public unsafe void Dispose() => LibPython.PyGILState_Release(_state);
}
