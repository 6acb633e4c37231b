namespace Hpo.Interop.Tables;

/// <summary>
/// Reads the changes of one study. Finished trials never change, and are read once. Of those that this process runs
/// itself, and of those that wait, only the state can change; the running ones of other processes are read again where the
/// caller asks for running trials, and returned where they differ. Safe on any thread.
/// </summary>
/// <param name="tables">The tables.</param>
/// <param name="study">The study's key.</param>
/// <param name="name">Its name, where it may be deleted meanwhile and the key be given to another one; else null.</param>
/// <param name="parts">What is read of a trial.</param>
internal sealed class StudyFollower(StudyTables tables, long study, string? name = null, TrialParts parts = TrialParts.All)
{
    // So many trials are named in one statement at most.
    private const int MostNamed = 500;

    // How many keys before the last one a trial is still found with the new ones.
    private const long Near = 1000;

    private readonly Lock _lock = new();
    private readonly HashSet<long> _own = [];
    private readonly HashSet<long> _waiting = [];
    private readonly HashSet<long> _touched = [];

    // The running trials of others, as they were last returned.
    private readonly Dictionary<long, StoredTrial?> _running = [];

    // The finished ones, and how many there are in each state.
    private readonly HashSet<long> _counted = [];
    private readonly Dictionary<TrialState, int> _finished = [];

    // All trials up to this one are known: its key and its number.
    private long _seen;
    private long _seenNumber = -1;

    // The statements of a read, until what they depend on changes: most reads in a trial's life are alike.
    private string? _query;

    public long Study => study;

    /// <summary>How many of the trials that were read are in a state.</summary>
    public int Count(TrialState state)
    {
        lock (_lock)
        {
            return state switch
            {
                TrialState.Running => _own.Count + _running.Count,
                TrialState.Waiting => _waiting.Count,
                _ => _finished.GetValueOrDefault(state),
            };
        }
    }

    /// <summary>The running trials of others, as they were read last.</summary>
    public IReadOnlyList<StoredTrial> Running
    {
        get
        {
            lock (_lock) return [.. _running.Values.OfType<StoredTrial>()];
        }
    }

    /// <summary>This process has made the trial, and runs it: others change its state only.</summary>
    public void Make(long trial, long number)
    {
        lock (_lock)
        {
            Own(trial);
            // Numbers are dense, in the order of the keys: there is no trial in between.
            if (trial > _seen && number == _seenNumber + 1) (_seen, _seenNumber) = (trial, number);
        }
    }

    /// <summary>The trial is run by this process: others change its state only.</summary>
    public void Own(long trial)
    {
        lock (_lock)
        {
            _own.Add(trial);
            _waiting.Remove(trial);
            _running.Remove(trial);
            _touched.Remove(trial);
            _query = null;
        }
    }

    /// <summary>This process has changed the trial.</summary>
    public void Touch(long trial)
    {
        lock (_lock)
        {
            if (_own.Contains(trial) || trial > _seen) return;
            _touched.Add(trial);
            _query = null;
        }
    }

    /// <summary>This process has finished the trial.</summary>
    public void Finish(long trial, TrialState state)
    {
        lock (_lock)
        {
            bool wasOwn = _own.Remove(trial);
            _query = null;
            if (trial > _seen) return; // It is still to be read, and counted then.
            if (wasOwn) CountFinished(trial, state);
            else _touched.Add(trial);
        }
    }

    /// <summary>Gives a trial of this process back, to be read like those of others.</summary>
    public void Disown(long trial)
    {
        lock (_lock)
        {
            _own.Remove(trial);
            _touched.Add(trial);
            _query = null;
        }
    }

    /// <summary>Reads what has changed since the last time.</summary>
    /// <param name="withRunning">Whether the running trials of others are wanted as they are now.</param>
    /// <returns>What was found; null where there is no such study (any more).</returns>
    /// <exception cref="TableException">The database failed; the next read finds what this one did not.</exception>
    public StudyChanges? Read(bool withRunning)
    {
        lock (_lock)
        {
            _ = tables.Scan; // It may ask the server itself, and shall not do so while this holds a session.
            return tables.Use<StudyChanges?>(session =>
                Changed(session, withRunning) is { } headers ? HandOver(session, headers, withRunning) : null);
        }
    }

    /// <summary>Changes the study, and reads what has changed since the last time without a round trip of its own.</summary>
    /// <param name="trial">The trial that the change is about: one that this process runs, or 0 for a new one to run; else null.</param>
    /// <param name="change">Makes the change, and notifies this follower of it.</param>
    /// <param name="isDone">Whether the change was made.</param>
    public (T Result, StudyChanges Changes) ReadWith<T>(long? trial, Func<ChangeQuery, T> change, Func<T, bool> isDone)
    {
        lock (_lock)
        {
            ChangeQuery query = trial is { } it && IsAlone(it) ? ChangeQuery.ForNewer(study, _seen, _seenNumber) : NewQuery();
            T result = change(query);
            // A query for newer trials says nothing of the trial itself: only a change that was made knows that it was not finished.
            if (query.Found is not { } found || (query.IsForNewer && !isDone(result))) return (result, default);
            try
            {
                if (query.IsForNewer && !IsAlone()) return (result, Read(withRunning: false) ?? default);
                List<TrialHeader> changed = Changed(found, withRunning: false);
                return (result, changed.Count == 0
                    ? new StudyChanges(null, Extent(withRunning: false))
                    : tables.Use(session => HandOver(session, changed, withRunning: false)));
            }
            catch (TableException)
            {
                // The change was made; the next read finds what this one did not.
                return (result, default);
            }
        }
    }

    /// <summary>
    /// Whether a study has fewer trials than its limits, as SQL. The server counts only those that this follower has not
    /// seen finished.
    /// </summary>
    /// <returns>The condition over the parameter @study; null where there is no limit.</returns>
    public string? Condition(IReadOnlyList<TrialLimit> limits)
    {
        if (limits.Count == 0) return null;
        lock (_lock)
        {
            return Open.Count() <= MostNamed
                ? TrialLimit.Condition(limits, _seen, Open, state => _finished.GetValueOrDefault(state))
                : TrialLimit.Condition(limits, 0, [], _ => 0); // naming very many would exceed what some servers take in one packet
        }
    }

    /// <summary>The running trials that sent no heartbeat for longer than the grace period.</summary>
    public long[] Stale(long graceSeconds)
    {
        lock (_lock)
        {
            _ = tables.Scan;
            return tables.Use(session =>
            {
                // What this read finds is returned by the next one that asks for it.
                List<TrialHeader>? headers = Changed(session, withRunning: false);
                long[] running =
                [
                    .. _own, .. _running.Keys,
                    .. (headers ?? []).Where(header => header.State is TrialState.Running).Select(header => header.Id),
                ];
                return running.Chunk(MostNamed).SelectMany(some => session.Rows(
                    row => row.GetInt64(0),
                    $"""
                     SELECT t.trial_id FROM trials t JOIN trial_heartbeats h ON h.trial_id = t.trial_id
                     WHERE t.trial_id IN ({Statements.List(some)}) AND t.state = 'RUNNING' AND {session.Sql.HeartbeatAge} > @grace
                     """,
                    ("grace", graceSeconds))).Order().ToArray();
            });
        }
    }

    private IEnumerable<long> Open => [.. _own, .. _waiting, .. _running.Keys, .. _touched];

    private StudyChanges HandOver(TableSession session, List<TrialHeader> headers, bool withRunning)
    {
        StoredTrial[] changed =
        [
            .. TrialReader.Read(session, [.. headers.Where(header => IsWanted(header, withRunning))], parts)
                .Where(trial => !_running.TryGetValue(trial.Id, out StoredTrial? known) || !trial.Equals(known)),
        ];

        // Only now: after a read that failed half-way, the next one reads the same again.
        foreach (TrialHeader header in headers) Note(header);
        foreach (StoredTrial trial in changed)
        {
            if (_running.ContainsKey(trial.Id)) _running[trial.Id] = trial;
        }

        return new StudyChanges(changed.Length == 0 ? null : changed, Extent(withRunning));
    }

    private ReadExtent Extent(bool withRunning) =>
        withRunning || _running.Count == 0 ? ReadExtent.All : ReadExtent.AllButRunning;

    /// <returns>The rows of trials that are new or may have changed, by key; null where there is no such study.</returns>
    private List<TrialHeader>? Changed(TableSession session, bool withRunning)
    {
        if (name is not null && StoredStudy.Find(session, name) != study) return null;
        List<TrialHeader> found = NewQuery(from: session.Sql.ReusesKeys && _seen > 0 ? _seen : _seen + 1).Run(session);
        // A study that got the key of a deleted one lacks its trials.
        if (session.Sql.ReusesKeys && _seen > 0 && !found.Exists(header => header.Id == _seen)) return null;
        return found.Count == 0 && name is null
            && session.Key("SELECT study_id FROM studies WHERE study_id = @study", ("study", study)) is null
            ? null
            : Changed(found, withRunning);
    }

    private List<TrialHeader> Changed(List<TrialHeader> found, bool withRunning)
    {
        found.RemoveAll(header => !MayHaveChanged(header, withRunning));
        if (found.Count > 1) found.Sort((one, other) => one.Id.CompareTo(other.Id));
        return found;
    }

    private ChangeQuery NewQuery() => NewQuery(_seen + 1);

    private ChangeQuery NewQuery(long from) => ChangeQuery.For(tables.Scan, _query ??= QueryText(from));

    // Whether nothing can have changed but by new trials, as far as is known, and by this trial.
    private bool IsAlone(long trial) => IsAlone() && (_own.Count == 0 || (_own.Count == 1 && _own.Contains(trial)));

    private bool IsAlone() => _waiting.Count == 0 && _running.Count == 0 && _touched.Count == 0;

    private string QueryText(long from)
    {
        long[] open = [.. Open];
        // The newest trials lie together: one range is found sooner than each of them.
        long first = open.Where(trial => trial > _seen - Near).Append(from).Min();
        long[] far = [.. open.Where(trial => trial < first)];
        if (far.Length > MostNamed) (first, far) = (far.Min(), []);
        return tables.Scan.Text(study, first, far);
    }

    private bool MayHaveChanged(TrialHeader header, bool withRunning) =>
        header.Id > _seen || _touched.Contains(header.Id) || (header.State switch
        {
            TrialState.Running => !_own.Contains(header.Id) && (withRunning || !_running.ContainsKey(header.Id)),
            TrialState.Waiting => !_waiting.Contains(header.Id),
            _ => !_counted.Contains(header.Id),
        });

    // A running trial that has not been returned yet is left for the next read that asks for running ones.
    private bool IsWanted(TrialHeader header, bool withRunning) => header.State is not TrialState.Running
        || (!_own.Contains(header.Id) && (withRunning || _waiting.Contains(header.Id) || _touched.Contains(header.Id)));

    private void CountFinished(long trial, TrialState state)
    {
        if (_counted.Add(trial)) _finished[state] = _finished.GetValueOrDefault(state) + 1;
    }

    private void Note(TrialHeader header)
    {
        _query = null;
        if (header.Id > _seen) (_seen, _seenNumber) = (header.Id, header.Number ?? -1);
        _touched.Remove(header.Id);
        if (_own.Contains(header.Id) && header.State is TrialState.Running) return;
        if (header.State.IsFinished()) CountFinished(header.Id, header.State);
        _own.Remove(header.Id);
        if (header.State is not TrialState.Waiting) _waiting.Remove(header.Id);
        else _waiting.Add(header.Id);
        if (header.State is not TrialState.Running) _running.Remove(header.Id);
        else _running.TryAdd(header.Id, null);
    }
}
