namespace Hpo.ParallelLauncher.Workers;

/// <summary>What a worker's supervisor asks about the work that is left. Called from several threads.</summary>
internal interface IWorkSource
{
    /// <summary>A start begins: until it ends, its trials are not lost.</summary>
    void Begin(int worker, int start);

    /// <summary>A start has ended: fails the trial that it left, and waits until that is done.</summary>
    Task EndAsync(int worker, int start, CancellationToken cancellationToken);

    /// <summary>How many trials a worker has finished in this run, of those that it owns.</summary>
    int FinishedBy(int worker);

    /// <summary>Whether the database has answered all the time since a moment.</summary>
    bool WasReachableSince(long timestamp);

    /// <summary>Waits until the database answers.</summary>
    Task WaitUntilReachableAsync(CancellationToken cancellationToken);

    /// <summary>Waits until there is a slot for another trial, and no other worker to take it.</summary>
    /// <returns>Whether there is one; else nothing is left to do for a worker that has ended in order.</returns>
    Task<bool> WaitForSlotAsync(int worker, CancellationToken cancellationToken);

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
        // Its trials cannot be read.
    }

    public Task EndAsync(int worker, int start, CancellationToken cancellationToken) => Task.CompletedTask;

    public int FinishedBy(int worker) => 0;

    public bool WasReachableSince(long timestamp) => true;

    public Task WaitUntilReachableAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<bool> WaitForSlotAsync(int worker, CancellationToken cancellationToken) => Task.FromResult(false);

    public CancellationToken Done => CancellationToken.None;

    public void Leave(int worker)
    {
        // Nobody waits for it.
    }
}
