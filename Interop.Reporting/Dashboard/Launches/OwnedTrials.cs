using Hpo.Interop.Tables;

namespace Hpo.Interop.Reporting.Dashboard.Launches;

/// <summary>What a study's trials tell of the launches that ran them. A changed trial is taken in at a cost that does not grow with the
/// study. Not safe on several threads.</summary>
internal sealed class OwnedTrials
{
    private readonly Dictionary<string, OwnedRun> _runs = new(StringComparer.Ordinal);
    private readonly Dictionary<TrialState, int> _finished = [];
    private readonly HashSet<int> _ended = [];

    public OwnedTrials(IEnumerable<FrozenTrial> trials) => Take(trials);

    /// <summary>The runs by name.</summary>
    public IReadOnlyDictionary<string, OwnedRun> Runs => _runs;

    /// <summary>When the study's first trial began, or null.</summary>
    public DateTime? Began { get; private set; }

    /// <summary>When its trials ended.</summary>
    public TrialEnds Ends { get; } = new();

    /// <summary>How many trials are in some states.</summary>
    public int In(IEnumerable<TrialState> states) => states.Sum(state => _finished.GetValueOrDefault(state));

    /// <summary>Takes trials in that are new or have changed.</summary>
    public void Take(IEnumerable<FrozenTrial> trials)
    {
        foreach (FrozenTrial trial in trials)
        {
            if (trial.State is TrialState.Waiting) continue;
            bool hasEnded = trial.State.IsFinished();
            // One that was edited by hand since.
            if (!hasEnded && _ended.Contains(trial.Number) || hasEnded && !_ended.Add(trial.Number)) continue;
            if (trial.DatetimeStart is { } start && !(Began <= start)) Began = start;
            if (hasEnded)
            {
                _finished[trial.State] = _finished.GetValueOrDefault(trial.State) + 1;
                if (trial.DatetimeComplete is { } end) Ends.Add(end, trial.State);
            }
            if (TrialOwner.Of(trial) is { } owner) RunOf(owner.Run).WorkerOf(owner.Worker).Take(trial, owner);
        }
    }

    private OwnedRun RunOf(string run)
    {
        if (!_runs.TryGetValue(run, out OwnedRun? known)) _runs[run] = known = new OwnedRun();
        return known;
    }
}

/// <summary>A run, as far as its trials tell.</summary>
internal sealed class OwnedRun
{
    private readonly SortedDictionary<int, OwnedWorker> _workers = [];

    /// <summary>The workers that have taken a trial, by index.</summary>
    public IReadOnlyDictionary<int, OwnedWorker> Workers => _workers;

    public bool HasRunning => _workers.Values.Any(worker => worker.Trial is not null);

    /// <summary>When its first trial began, or null.</summary>
    public DateTime? Began => _workers.Values.Min(worker => worker.Began);

    /// <summary>When one of its trials began or ended last, or null.</summary>
    public DateTime? Active => _workers.Values.Max(worker => worker.Active);

    public OwnedWorker WorkerOf(int index)
    {
        if (!_workers.TryGetValue(index, out OwnedWorker? known)) _workers[index] = known = new OwnedWorker();
        return known;
    }
}

/// <summary>A worker, as far as its trials tell.</summary>
internal sealed class OwnedWorker
{
    private DateTime? _lastEnd;

    public int Complete { get; private set; }
    public int Pruned { get; private set; }
    public int Failed { get; private set; }

    /// <summary>The value of the complete trial that ended last; of several, the first.</summary>
    public double? LastValue { get; private set; }

    /// <summary>The number of the trial that it runs, or null.</summary>
    public int? Trial { get; private set; }

    /// <summary>The process of its last start.</summary>
    public TrialOwner? Owner { get; private set; }

    public DateTime? Began { get; private set; }
    public DateTime? Active { get; private set; }

    public void Take(FrozenTrial trial, TrialOwner owner)
    {
        if (Owner is null || owner.Start >= Owner.Start) Owner = owner;
        if (trial.DatetimeStart is { } start && !(Began <= start)) Began = start;
        if ((trial.DatetimeComplete ?? trial.DatetimeStart) is { } moment && !(Active >= moment)) Active = moment;
        if (trial.State is TrialState.Running)
        {
            if (!(Trial > trial.Number)) Trial = trial.Number;
            return;
        }
        if (Trial == trial.Number) Trial = null;
        if (trial.State is TrialState.Pruned) Pruned++;
        else if (trial.State is TrialState.Fail) Failed++;
        else
        {
            Complete++;
            if (_lastEnd > trial.DatetimeComplete) return;
            (_lastEnd, LastValue) = (trial.DatetimeComplete, trial.Values is [var value, ..] ? value : null);
        }
    }
}
