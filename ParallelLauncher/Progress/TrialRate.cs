namespace Hpo.ParallelLauncher.Progress;

/// <summary>How many trials finish in a minute, over the last two minutes.</summary>
internal sealed class TrialRate(TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(3);

    private readonly Queue<(long At, int Finished)> _polls = new();

    /// <summary>Adds a poll, and gives the rate; null before it can be computed.</summary>
    public double? After(int finished)
    {
        long now = time.GetTimestamp();
        _polls.Enqueue((now, finished));
        // The oldest poll is just outside of the window, so that slow trials have a rate too.
        while (_polls.Count > 2 && time.GetElapsedTime(_polls.ElementAt(1).At, now) >= Window) _polls.Dequeue();
        (long at, int before) = _polls.Peek();
        TimeSpan elapsed = time.GetElapsedTime(at, now);
        return elapsed < Shortest || finished <= before ? null : (finished - before) / elapsed.TotalMinutes;
    }
}
