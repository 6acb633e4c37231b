namespace Hpo.ParallelLauncher.Workers;

/// <summary>What a worker's supervisor asks about the work that is left. Called from several threads.</summary>
internal interface IWorkSource
{
    /// <summary>A start begins: until its end its trials are alive.</summary>
    void Begin(int worker, int start);

    /// <summary>A start has ended: fails the trial that it left, and waits until that is done.</summary>
    Task EndAsync(int worker, int start, CancellationToken cancellationToken);

    /// <summary>How many trials a worker has finished in this run, as far as its trials are marked.</summary>
    int FinishedBy(int worker);

    /// <summary>Whether the database was there all the time since a moment.</summary>
    bool WasReachableSince(long timestamp);

    /// <summary>Waits until the database answers.</summary>
    Task WaitUntilReachableAsync(CancellationToken cancellationToken);

    /// <summary>Waits until a further trial may begin, and no other worker is there to take it.</summary>
    /// <returns>Whether one may; else nothing is left to do for a worker that has ended in order.</returns>
    Task<bool> WaitForPlaceAsync(int worker, CancellationToken cancellationToken);

    /// <summary>A worker has ended for good.</summary>
    void Leave(int worker);

    /// <summary>Cancelled when the study has all that was asked for.</summary>
    CancellationToken Done { get; }
}

/// <summary>For workers whose study the launcher cannot read: they end when they end.</summary>
internal sealed class UnknownWork : IWorkSource
{
    public void Begin(int worker, int start)
    {
        // Nobody looks for its trials.
    }

    public Task EndAsync(int worker, int start, CancellationToken cancellationToken) => Task.CompletedTask;

    public int FinishedBy(int worker) => 0;

    public bool WasReachableSince(long timestamp) => true;

    public Task WaitUntilReachableAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> WaitForPlaceAsync(int worker, CancellationToken cancellationToken) => Task.FromResult(false);

    public CancellationToken Done => CancellationToken.None;

    public void Leave(int worker)
    {
        // Nobody waits for it.
    }
}
