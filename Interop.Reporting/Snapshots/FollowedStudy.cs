using Hpo.Interop.Tables;

namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>A study by its name, with what was read of it so far. Not safe on several threads.</summary>
/// <param name="tables">The tables.</param>
/// <param name="name">The study's name.</param>
internal sealed class FollowedStudy(StudyTables tables, string name)
{
    private const TrialParts Parts = TrialParts.Values | TrialParts.Params | TrialParts.UserAttributes | TrialParts.IntermediateValues
        | TrialParts.ReadableSystemAttributes;

    // The number of each trial by its key, and the trials by number.
    private readonly Dictionary<long, int> _numbers = [];
    private readonly List<FrozenTrial> _trials = [];
    private StudyFollower? _follower;

    // A trial that had ended when it was read: it never changes.
    private TrialHeader? _ended;

    // Whether nothing was read yet since it began; a read may fail.
    private bool _isAnew = true;
    private TrialConverter _converter = new(default);
    private IReadOnlyList<KeyValuePair<string, string>> _userAttributes = [], _systemAttributes = [];

    public string Name => name;

    /// <summary>An object that stands for the study until another one takes its name.</summary>
    public object Identity => (object?)_follower ?? this;

    public IReadOnlyList<StudyDirection> Directions { get; private set; } = [];

    public IReadOnlyDictionary<string, object?> UserAttrs { get; private set; } = new Dictionary<string, object?>();

    public IReadOnlyDictionary<string, object?> SystemAttrs { get; private set; } = new Dictionary<string, object?>();

    /// <summary>The notes on trials, by the trials' numbers.</summary>
    public IReadOnlyDictionary<int, NoteSnapshot> TrialNotes { get; private set; } = new Dictionary<int, NoteSnapshot>();

    /// <summary>What people preferred; null where it is not they who compare the trials.</summary>
    public PreferentialFacts? Preferential => PreferentialFacts.Of(SystemAttrs, Trials, _numbers);

    public bool IsPreferential => StudyPreferences.IsPreferential(SystemAttrs);

    /// <summary>The trials, by number, as they are until the next refresh.</summary>
    public IReadOnlyList<FrozenTrial> Trials => _trials;

    /// <summary>How many of the trials are complete.</summary>
    public int CompleteTrials { get; private set; }

    /// <summary>The trials that the last refresh changed; null where it may be all of them.</summary>
    public IReadOnlyList<FrozenTrial>? Changed { get; private set; } = [];

    /// <summary>A trial, or null.</summary>
    public FrozenTrial? Trial(int number) => PlaceOf(number) is >= 0 and var place ? _trials[place] : null;

    /// <summary>Reads what has changed.</summary>
    /// <returns>Whether anything has; null where the study does not exist (any more).</returns>
    /// <exception cref="TableException">The database failed.</exception>
    public bool? Refresh()
    {
        StoredStudy? study = tables.Use(session => StoredStudy.Read(session, name));
        if (study is null) return null;
        if (_follower?.Study != study.Id || IsAnother()) Begin(study);
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
        FrozenTrial[] changed = [.. (changes.Trials ?? []).Select(Keep)];
        bool areNotesSame = true;
        if (isChanged)
        {
            IReadOnlyDictionary<int, NoteSnapshot> known = TrialNotes;
            TrialNotes = StudyNotes.OfTrials(SystemAttrs).Where(note => _numbers.ContainsKey(note.Key))
                .GroupBy(note => _numbers[note.Key], note => note.Value).ToDictionary(notes => notes.Key, notes => notes.Last());
            areNotesSame = known.Count == TrialNotes.Count && known.All(note => TrialNotes.GetValueOrDefault(note.Key) == note.Value);
        }
        Changed = _isAnew || !areNotesSame ? null : changed;
        _isAnew = false;
        return isChanged;
    }

    private FrozenTrial Keep(StoredTrial stored)
    {
        FrozenTrial trial = _converter.ToFrozen(stored);
        _numbers[stored.Id] = trial.Number;
        if (trial.State == TrialState.Complete) CompleteTrials++;
        if (_ended is null && trial.State is not (TrialState.Running or TrialState.Waiting)) _ended = stored.Header;
        int place = PlaceOf(trial.Number);
        if (place < 0)
        {
            _trials.Insert(~place, trial);
            return trial;
        }
        if (_trials[place].State == TrialState.Complete) CompleteTrials--;
        return _trials[place] = trial;
    }

    // The index of a trial; the complement of the one where it belongs, where it is not known.
    private int PlaceOf(int number)
    {
        (int low, int high) = (0, _trials.Count - 1);
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (_trials[middle].Number == number) return middle;
            if (_trials[middle].Number < number) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }

    // SQLite gives the keys of a deleted study and of its trials to the next one, which may have as many of them.
    private bool IsAnother()
    {
        if (_ended is not { } known) return false;
        List<TrialHeader> found = tables.Use(session => session.Rows(
            row => TrialHeader.Read(row), $"SELECT {TrialHeader.Columns} FROM trials WHERE trial_id = @trial", ("trial", known.Id)));
        return found is not [var now] || now != known;
    }

    private void Begin(StoredStudy study)
    {
        _follower = new StudyFollower(tables, study.Id, name, Parts);
        _converter = new TrialConverter(tables.Use(TableTimes.Read));
        _trials.Clear();
        _numbers.Clear();
        _isAnew = true;
        _ended = null;
        CompleteTrials = 0;
        Directions = study.ToDirections();
    }
}
