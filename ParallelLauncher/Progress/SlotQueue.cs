namespace Hpo.ParallelLauncher.Progress;

/// <summary>
/// Workers that have ended in order although the budget is not met, because running trials hold all of its slots. They wait
/// until a slot becomes free, as it does when a trial's worker dies.
/// </summary>
internal sealed class SlotQueue
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

    /// <summary>Waits for a slot.</summary>
    /// <returns>Whether there is one; false where none can become free any more.</returns>
    public async Task<bool> WaitAsync(int worker, CancellationToken cancellationToken)
    {
        var slot = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _active.Remove(worker);
            _waiting[worker] = slot;
        }

        return await slot.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Gives slots to as many waiting workers as are needed for the trials that are left.</summary>
    /// <param name="left">How many trials are left, running ones included.</param>
    public void Release(int left)
    {
        lock (_lock)
        {
            while (_active.Count < left && _waiting.Count > 0)
            {
                (int worker, TaskCompletionSource<bool> slot) = _waiting.MinBy(pair => pair.Key);
                _waiting.Remove(worker);
                if (slot.TrySetResult(true)) _active.Add(worker);
            }
        }
    }

    /// <summary>Ends all waits without a slot.</summary>
    public void Dismiss()
    {
        lock (_lock)
        {
            foreach (TaskCompletionSource<bool> slot in _waiting.Values) slot.TrySetResult(false);
            _waiting.Clear();
        }
    }
}
