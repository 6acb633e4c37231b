namespace Hpo.Interop.HostedByPython;

/// <summary>An evaluation that Ctrl-C cancels. Only Python's main thread has such, one inside the other.</summary>
internal sealed class Interruption : IDisposable
{
    private static readonly Lock RunningLock = new();
    private static readonly Stack<Interruption> Running = new();

    private readonly CancellationTokenSource _source = new();

    private Interruption()
    {
    }

    public CancellationToken Token => _source.Token;

    public static Interruption Begin()
    {
        var interruption = new Interruption();
        lock (RunningLock) Running.Push(interruption);
        return interruption;
    }

    /// <summary>Cancels what runs. From any thread.</summary>
    public static void CancelRunning()
    {
        Interruption[] running;
        lock (RunningLock) running = [.. Running];
        foreach (Interruption interruption in running) interruption._source.Cancel();
    }

    // The source holds nothing to dispose, and may be cancelled at this very moment.
    public void Dispose()
    {
        lock (RunningLock) Running.Pop();
    }
}
