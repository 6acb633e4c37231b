namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>
/// What a snapshot shows of all trials together. A changed trial is taken in at a cost that does not grow with the study.
/// Not safe on several threads.
/// </summary>
internal sealed class StudyTally
{
    private readonly IReadOnlyList<StudyDirection> _directions;
    private readonly PruningCount _pruning = new();
    private readonly HashSet<int> _finished = [];
    private readonly OrderedDictionary<string, (int Trial, Distribution Distribution)> _parameters = [];

    /// <param name="trials">The trials, by number.</param>
    /// <param name="directions">What is better, for each objective.</param>
    public StudyTally(IReadOnlyList<FrozenTrial> trials, IReadOnlyList<StudyDirection> directions)
    {
        _directions = directions;
        foreach (FrozenTrial trial in trials)
        {
            foreach ((string name, Distribution distribution) in trial.Distributions) _parameters.TryAdd(name, (trial.Number, distribution));
        }
        Count(trials);
        Best = BestTrials.Of(trials, directions);
        Parameters = SnapshotBuilder.Parameters(Distributions);
    }

    /// <summary>The best trial; with several objectives, the Pareto front.</summary>
    public IReadOnlyList<FrozenTrial> Best { get; private set; }

    /// <summary>The parameters, in the order in which they first appear.</summary>
    public IReadOnlyList<ParameterSnapshot> Parameters { get; }

    /// <summary>What the parameters were first drawn from.</summary>
    public OrderedDictionary<string, Distribution> Distributions =>
        new(_parameters.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Distribution)));

    public PruningSaving? Pruning => _pruning.Saving;

    /// <summary>Takes changed trials in.</summary>
    /// <returns>Whether that was possible; else everything has to be counted anew.</returns>
    public bool TryUpdate(IReadOnlyList<FrozenTrial> changed)
    {
        // Other parameters give all trials other places for them, and a finished trial that changes was edited by hand.
        if (changed.Any(trial => _finished.Contains(trial.Number) || trial.Distributions.Any(pair => IsNews(trial.Number, pair.Key)))) return false;
        Count(changed);
        // Whatever was beaten before stays beaten.
        Best = BestTrials.Of([.. Best.Concat(changed).OrderBy(trial => trial.Number)], _directions);
        return true;
    }

    private bool IsNews(int trial, string parameter) => !_parameters.TryGetValue(parameter, out var first) || trial < first.Trial;

    private void Count(IEnumerable<FrozenTrial> trials)
    {
        foreach (FrozenTrial trial in trials.Where(trial => trial.State.IsFinished()))
        {
            _finished.Add(trial.Number);
            _pruning.Add(trial);
        }
    }
}
