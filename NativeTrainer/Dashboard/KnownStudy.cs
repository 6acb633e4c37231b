using Hpo.Interop;
using Hpo.Interop.Storages;

namespace Hpo.NativeTrainer.Dashboard;

/// <summary>What was read of a study so far. Finished trials never change, and are not read again.</summary>
internal sealed class KnownStudy(string name)
{
    private readonly SortedDictionary<long, FrozenTrial> _trials = [];
    private readonly Dictionary<string, Distribution> _distributions = [];

    public string Name => name;

    /// <summary>Its key, or null before the first look.</summary>
    public long? Id { get; private set; }

    public IReadOnlyList<StudyDirection> Directions { get; set; } = [];

    /// <summary>What its times are in the tables; those of its trials here are local.</summary>
    public TableTimes Times { get; set; }

    public IReadOnlyDictionary<string, object?> UserAttrs { get; private set; } = new Dictionary<string, object?>();

    /// <summary>The keys of the trials that were not finished.</summary>
    public IReadOnlyList<long> OpenTrials { get; private set; } = [];

    /// <summary>The greatest key of a trial, or 0.</summary>
    public long LastTrial { get; private set; }

    public IReadOnlyList<FrozenTrial> Trials { get; private set; } = [];

    /// <summary>Starts anew: the study is new, or another one under the same name.</summary>
    public void Begin(long id)
    {
        Id = id;
        _trials.Clear();
        (OpenTrials, LastTrial, Trials) = ([], 0, []);
    }

    public Distribution Distribution(string json)
    {
        if (!_distributions.TryGetValue(json, out Distribution? distribution))
            _distributions[json] = distribution = StorageJson.Distribution(json);
        return distribution;
    }

    /// <summary>Takes what a look found.</summary>
    /// <returns>Whether it differs from what was known.</returns>
    public bool Take(IReadOnlyDictionary<string, object?> attrs, IReadOnlyList<(long Id, FrozenTrial Trial)> read)
    {
        bool isChanged = attrs.Count != UserAttrs.Count;
        foreach ((long id, FrozenTrial trial) in read)
        {
            isChanged |= !_trials.TryGetValue(id, out FrozenTrial? before) || Shape(before) != Shape(trial);
            _trials[id] = trial;
        }
        UserAttrs = attrs;
        OpenTrials = [.. _trials.Where(pair => !pair.Value.State.IsFinished()).Select(pair => pair.Key)];
        LastTrial = _trials.Count == 0 ? 0 : _trials.Keys.Last();
        Trials = [.. _trials.Values.OrderBy(trial => trial.Number)];
        return isChanged;
    }

    // Parameters, reports and attributes are only ever added to a trial.
    private static (TrialState State, int Params, int Reports, int Attrs) Shape(FrozenTrial trial) =>
        (trial.State, trial.Params.Count, trial.IntermediateValues.Count, trial.UserAttrs.Count);
}
