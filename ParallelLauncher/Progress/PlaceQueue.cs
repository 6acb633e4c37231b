namespace Hpo.ParallelLauncher.Progress;

/// <summary>
/// Workers that have ended in order although the budget is not met: the places of the trials that are left were all taken.
/// They wait for one to become free, as it does when a trial's worker dies.
/// </summary>
internal sealed class PlaceQueue
{
    private readonly Lock _lock = new();
    private readonly HashSet<int> _active = [];
    private readonly Dictionary<int, TaskCompletionSource<bool>> _waiting = [];

    public bool HasOnlyWaiting
    {
        get
        {
            lock (_lock) return _active.Count == 0 && _waiting.Count > 0;
        }
    }

    /// <summary>A worker runs, or will be restarted.</summary>
    public void Enter(int worker)
    {
        lock (_lock) _active.Add(worker);
    }

    /// <summary>A worker has ended for good.</summary>
    public void Leave(int worker)
    {
        lock (_lock)
        {
            _active.Remove(worker);
            if (_waiting.Remove(worker, out TaskCompletionSource<bool>? waiting)) waiting.TrySetResult(false);
        }
    }

    /// <summary>Waits for a place.</summary>
    /// <returns>Whether there is one; else there never will be.</returns>
    public async Task<bool> WaitAsync(int worker, CancellationToken cancellationToken)
    {
        var place = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _active.Remove(worker);
            _waiting[worker] = place;
        }

        return await place.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Lets as many workers go on as are needed for the trials that are left.</summary>
    /// <param name="left">How many trials are left, running ones included.</param>
    public void Release(int left)
    {
        lock (_lock)
        {
            while (_active.Count < left && _waiting.Count > 0)
            {
                (int worker, TaskCompletionSource<bool> place) = _waiting.MinBy(pair => pair.Key);
                _waiting.Remove(worker);
                if (place.TrySetResult(true)) _active.Add(worker);
            }
        }
    }

    /// <summary>Tells all that wait that there will be no place.</summary>
    public void Dismiss()
    {
        lock (_lock)
        {
            foreach (TaskCompletionSource<bool> place in _waiting.Values) place.TrySetResult(false);
            _waiting.Clear();
        }
    }
}
