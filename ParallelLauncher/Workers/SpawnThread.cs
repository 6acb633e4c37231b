using System.Collections.Concurrent;

namespace Hpo.ParallelLauncher.Workers;

/// <summary>
/// The one thread that starts processes. The kernel ends a worker (PDEATHSIG) when the *thread* that started it ends, so it
/// must be one that lives as long as the launcher, and no thread of the pool.
/// </summary>
internal sealed class SpawnThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    public SpawnThread()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "spawn" };
        _thread.Start();
    }

    public Task<T> RunAsync<T>(Func<T> start)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(start());
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return done.Task;
    }

    /// <summary>Ends the thread, and with it every process that it started and that still runs.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        _work.Dispose();
    }

    private void Run()
    {
        foreach (Action start in _work.GetConsumingEnumerable()) start();
    }
}
