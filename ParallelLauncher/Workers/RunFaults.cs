namespace Hpo.ParallelLauncher.Workers;

/// <summary>
/// Collects the failures of everything that runs beside the workers, so that none of them is lost, ends the process or ends
/// something unrelated. Each component's first failure is reported, and is in the run's record.
/// </summary>
/// <param name="tell">Shows a failure to a person at once.</param>
internal sealed class RunFaults(Action<string> tell)
{
    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, string> _messages = [];

    /// <summary>What has failed, as text.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            lock (_lock) return [.. _messages.Values];
        }
    }

    /// <summary>Records a failure.</summary>
    /// <param name="what">What failed: the subject of a sentence.</param>
    /// <param name="error">Why.</param>
    public void Add(string what, Exception error)
    {
        string message = $"{what} failed: {error.Message}";
        lock (_lock)
        {
            if (!_messages.TryAdd(what, message)) return;
        }

        tell(message);
    }

    /// <summary>Does something whose failure must not reach the caller.</summary>
    /// <param name="what">What it is: the subject of a sentence.</param>
    /// <param name="act">Does it.</param>
    public void Guard(string what, Action act)
    {
        try
        {
            act();
        }
        catch (Exception error)
        {
            Add(what, error);
        }
    }
}
