namespace Hpo.Interop.Reporting.Dashboard.Launches;

/// <summary>When a study's newest trials ended, and how many do so in a minute. Not safe on several threads.</summary>
internal sealed class TrialEnds
{
    // With fewer trials in the last two minutes, some before them count, too.
    private const int Fewest = 5;
    private const int MostKept = 2048;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(2), Shortest = TimeSpan.FromSeconds(3);

    private readonly List<(DateTime End, TrialState State)> _ends = [];
    private DateTime _known = DateTime.MinValue;

    public void Add(DateTime end, TrialState state)
    {
        if (end < _known) return;
        _ends.Add((end, state));
        if (_ends.Count < 2 * MostKept) return;
        _ends.Sort();
        _ends.RemoveRange(0, _ends.Count - MostKept);
        // Of older ones not all are known.
        _known = _ends[0].End;
    }

    /// <summary>How many trials end in a minute at present; null where that is not known yet.</summary>
    /// <param name="states">The states of those that count.</param>
    /// <param name="since">What ended before does not count.</param>
    /// <param name="now">The time now, in the clock of the trials.</param>
    public double? PerMinute(IReadOnlyCollection<TrialState> states, DateTime since, DateTime now)
    {
        if (_known > since) since = _known;
        DateTime[] ends = [.. _ends.Where(ended => ended.End > since && ended.End <= now && states.Contains(ended.State)).Select(ended => ended.End).OrderDescending()];
        DateTime from = now - Window > since ? now - Window : since;
        int count = ends.Count(end => end > from);
        if (count < Fewest)
        {
            count = Math.Min(Fewest, ends.Length);
            from = ends.Length > Fewest ? ends[Fewest] : since;
        }
        TimeSpan elapsed = now - from;
        return count == 0 || elapsed < Shortest ? null : count / elapsed.TotalMinutes;
    }
}
