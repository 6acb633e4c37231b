using Hpo.Interop.Tables;

namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>A study by its name, with what was read of it so far. Not safe on several threads.</summary>
/// <param name="tables">The tables.</param>
/// <param name="name">The study's name.</param>
internal sealed class FollowedStudy(StudyTables tables, string name)
{
    private const TrialParts Parts = TrialParts.Values | TrialParts.Params | TrialParts.UserAttributes | TrialParts.IntermediateValues
        | TrialParts.ReadableSystemAttributes;

    private readonly SortedDictionary<long, FrozenTrial> _trials = [];
    private StudyFollower? _follower;
    private TrialConverter _converter = new(default);
    private IReadOnlyList<KeyValuePair<string, string>> _userAttributes = [], _systemAttributes = [];

    public string Name => name;

    public IReadOnlyList<StudyDirection> Directions { get; private set; } = [];

    public IReadOnlyDictionary<string, object?> UserAttrs { get; private set; } = new Dictionary<string, object?>();

    public IReadOnlyDictionary<string, object?> SystemAttrs { get; private set; } = new Dictionary<string, object?>();

    /// <summary>The notes on trials, by the trials' numbers.</summary>
    public IReadOnlyDictionary<int, NoteSnapshot> TrialNotes { get; private set; } = new Dictionary<int, NoteSnapshot>();

    /// <summary>The trials, by number.</summary>
    public IReadOnlyList<FrozenTrial> Trials { get; private set; } = [];

    /// <summary>Reads what has changed.</summary>
    /// <returns>Whether anything has; null where the study does not exist (any more).</returns>
    /// <exception cref="TableException">The database failed.</exception>
    public bool? Refresh()
    {
        StoredStudy? study = tables.Use(session => StoredStudy.Read(session, name));
        if (study is null) return null;
        if (_follower?.Study != study.Id) Begin(study);
        if (_follower!.Read(withRunning: true) is not { } changes)
        {
            // Another study of the same name, which has the key of the one before: it is read from its beginning.
            Begin(study);
            if (_follower.Read(withRunning: true) is not { } anew) return null;
            changes = anew;
        }

        bool isChanged = changes.Trials is not null
            || !study.UserAttributes.SequenceEqual(_userAttributes) || !study.SystemAttributes.SequenceEqual(_systemAttributes);
        (_userAttributes, _systemAttributes) = (study.UserAttributes, study.SystemAttributes);
        UserAttrs = TrialConverter.Attributes(study.UserAttributes);
        SystemAttrs = TrialConverter.Attributes(study.SystemAttributes);
        foreach (StoredTrial trial in changes.Trials ?? []) _trials[trial.Id] = _converter.ToFrozen(trial);
        if (isChanged)
        {
            TrialNotes = StudyNotes.OfTrials(SystemAttrs).Where(note => _trials.ContainsKey(note.Key))
                .ToDictionary(note => _trials[note.Key].Number, note => note.Value);
            Trials = [.. _trials.Values.OrderBy(trial => trial.Number)];
        }
        return isChanged;
    }

    private void Begin(StoredStudy study)
    {
        _follower = new StudyFollower(tables, study.Id, name, Parts);
        _converter = new TrialConverter(tables.Use(TableTimes.Read));
        _trials.Clear();
        Trials = [];
        Directions = study.ToDirections();
    }
}
