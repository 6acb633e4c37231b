namespace Hpo.ParallelLauncher.Studies;

/// <summary>What the looks at a study have found together. A finished trial never changes, and is taken once.</summary>
internal sealed class StudyTally
{
    private readonly Dictionary<long, string> _open = [];
    private readonly Dictionary<string, int> _finished = [];
    private double? _least;
    private double? _greatest;

    /// <summary>The greatest key of a trial that was taken, or 0.</summary>
    public long Seen { get; private set; }

    /// <summary>The keys of the trials that ran or waited when they were taken.</summary>
    public IReadOnlyCollection<long> Open => _open.Keys;

    /// <summary>The trials by state.</summary>
    public TrialCounts Counts => new(
        Finished("COMPLETE"), Finished("PRUNED"), Finished("FAIL"), OpenIn("RUNNING"), OpenIn("WAITING"));

    /// <summary>The best value of a complete trial that keeps its constraints, or null.</summary>
    public double? Best(bool maximize) => maximize ? _greatest : _least;

    /// <summary>Takes a trial that is new, or was open when it was taken before.</summary>
    public void Take(long id, string state, double? value, bool isFeasible)
    {
        Seen = Math.Max(Seen, id);
        if (state is "RUNNING" or "WAITING")
        {
            _open[id] = state;
            return;
        }

        _open.Remove(id);
        _finished[state] = Finished(state) + 1;
        if (state != "COMPLETE" || !isFeasible || value is not { } number) return;
        _least = Math.Min(_least ?? number, number);
        _greatest = Math.Max(_greatest ?? number, number);
    }

    private int Finished(string state) => _finished.GetValueOrDefault(state);

    private int OpenIn(string state) => _open.Values.Count(open => open == state);
}
