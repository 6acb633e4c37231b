using System.Globalization;

namespace Hpo.Interop.Storages.MySql;

/// <summary>
/// How far one study has been read. Finished trials never change, and are read once. Of those that this storage runs
/// itself, and of those that wait, only the state can change; the running ones of others are read again where somebody
/// asks for running trials, and handed over where they differ.
/// </summary>
internal sealed class StudyCursor(MySqlConnections connections, TrialScan scan, long study)
{
    // So many trials are named in one statement at most.
    private const int MostNamed = 500;

    // How many keys before the last one a trial is still found with the new ones.
    private const long Near = 1000;

    private readonly Lock _lock = new();
    private readonly HashSet<long> _own = [];
    private readonly HashSet<long> _waiting = [];
    private readonly HashSet<long> _touched = [];

    // The running trials of others, with what was handed over of them.
    private readonly Dictionary<long, string?> _running = [];

    // The finished ones, and how many there are in each state.
    private readonly HashSet<long> _counted = [];
    private readonly Dictionary<string, long> _finished = [];

    // All trials up to this one are known: its key and its number.
    private long _seen;
    private long _seenNumber = -1;

    // The statements of a look, until what it depends on changes: most looks of a trial's life are alike.
    private string? _query;

    /// <summary>This storage has made the trial, and runs it: nobody else changes more than its state.</summary>
    public void Make(long trial, long number)
    {
        lock (_lock)
        {
            Own(trial);
            // Numbers are dense, in the order of the keys: nobody has made one in between.
            if (trial > _seen && number == _seenNumber + 1) (_seen, _seenNumber) = (trial, number);
        }
    }

    /// <summary>The trial is run by this storage: nobody else changes more than its state.</summary>
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

    /// <summary>This storage has changed the trial.</summary>
    public void Touch(long trial)
    {
        lock (_lock)
        {
            if (_own.Contains(trial) || trial > _seen) return;
            _touched.Add(trial);
            _query = null;
        }
    }

    /// <summary>This storage has finished the trial.</summary>
    public void Finish(long trial, string state)
    {
        lock (_lock)
        {
            bool wasOwn = _own.Remove(trial);
            _query = null;
            if (trial > _seen) return; // It is still to be read, and counted then.
            if (wasOwn) Count(trial, state);
            else _touched.Add(trial);
        }
    }

    /// <summary>Gives a trial of this storage back, to be read like those of others.</summary>
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
    /// <returns>What was found; null where there is no such study.</returns>
    public StudyLook? Read(bool withRunning)
    {
        lock (_lock)
        {
            return connections.Use<StudyLook?>(session =>
                Changed(session, withRunning) is { } rows ? HandOver(session, rows, withRunning) : null);
        }
    }

    /// <summary>Changes the study, and reads what has changed since the last time without a round trip of its own.</summary>
    /// <param name="trial">The trial that the change is about: one that this storage runs, or 0 for a new one to run; else null.</param>
    /// <param name="change">Makes the change, and tells this cursor of it.</param>
    /// <param name="isDone">Whether the change was made.</param>
    public (T Result, StudyLook Look) ReadWith<T>(long? trial, Func<LookQuery, T> change, Func<T, bool> isDone)
    {
        lock (_lock)
        {
            LookQuery look = trial is { } it && IsAlone(it) ? LookQuery.ForNewer(study, _seen, _seenNumber) : NewLook();
            T result = change(look);
            // A look for newer trials says nothing of the trial itself: only a change that was made knows that it was not finished.
            if (look.Rows is not { } rows || (look.IsForNewer && !isDone(result))) return (result, default);
            try
            {
                if (look.IsForNewer && !IsAlone()) return (result, Read(withRunning: false) ?? default);
                List<TrialRow> changed = Changed(rows, withRunning: false);
                return (result, changed.Count == 0
                    ? new StudyLook(null, Extent(withRunning: false))
                    : connections.Use(session => HandOver(session, changed, withRunning: false)));
            }
            catch (StorageFault)
            {
                // The change stands; the next look finds what this one did not.
                return (result, default);
            }
        }
    }

    /// <summary>
    /// Whether a study has fewer trials than its limits, as SQL. The server counts only those that this cursor has not
    /// seen finished.
    /// </summary>
    /// <returns>The condition over the parameter @study; null where there is no limit.</returns>
    public string? Condition(IReadOnlyList<TrialLimit> limits)
    {
        if (limits.Count == 0) return null;
        lock (_lock)
        {
            long[] open = [.. _own, .. _waiting, .. _running.Keys, .. _touched];
            // Naming very many would exceed what some servers take in one packet: then all of the study's are counted.
            bool countsAll = open.Length > MostNamed;
            string uncounted = countsAll ? "" : string.Create(
                CultureInfo.InvariantCulture, $" AND (trial_id > {_seen} OR trial_id IN ({Statements.List([0, .. open])}))");
            return string.Join(" AND ", limits.Select(limit => string.Create(CultureInfo.InvariantCulture, $"""
                (SELECT c.taken FROM (SELECT COUNT(*) taken FROM trials WHERE study_id = @study{uncounted}
                AND state IN ('{string.Join("', '", limit.States)}')) c)
                < {limit.Total - (countsAll ? 0 : limit.States.Sum(state => _finished.GetValueOrDefault(state)))}
                """)));
        }
    }

    /// <summary>The running trials that sent no heartbeat for longer than the grace period.</summary>
    public long[] Stale(long graceSeconds)
    {
        lock (_lock)
        {
            return connections.Use(session =>
            {
                // What this look finds is handed over by the next one that asks for it.
                List<TrialRow>? rows = Changed(session, withRunning: false);
                long[] running =
                [
                    .. _own, .. _running.Keys,
                    .. (rows ?? []).Where(row => row.State == "RUNNING").Select(row => row.Id),
                ];
                return running.Chunk(MostNamed).SelectMany(some => session.Rows(
                    row => row.GetInt64(0),
                    $"""
                     SELECT t.trial_id FROM trials t JOIN trial_heartbeats h ON h.trial_id = t.trial_id
                     WHERE t.trial_id IN ({Statements.List(some)}) AND t.state = 'RUNNING'
                     AND TIMESTAMPDIFF(SECOND, h.heartbeat, CURRENT_TIMESTAMP) > @grace
                     """,
                    ("grace", graceSeconds))).Order().ToArray();
            });
        }
    }

    private StudyLook HandOver(MySqlSession session, List<TrialRow> rows, bool withRunning)
    {
        var handedOver = new List<(TrialRow Trial, string Json)>();
        foreach (var (trial, json) in TrialReader.Read(session, [.. rows.Where(row => IsWanted(row, withRunning))]))
        {
            if (!_running.TryGetValue(trial.Id, out string? known) || known != json) handedOver.Add((trial, json));
        }

        // Only now: what a look that failed half-way has read is read again by the next one.
        foreach (TrialRow row in rows) Note(row);
        foreach (var (trial, json) in handedOver)
        {
            if (_running.ContainsKey(trial.Id)) _running[trial.Id] = json;
        }

        string? changes = handedOver.Count == 0 ? null : $"[{string.Join(',', handedOver.Select(pair => pair.Json))}]";
        return new StudyLook(changes, Extent(withRunning));
    }

    private LookExtent Extent(bool withRunning) =>
        withRunning || _running.Count == 0 ? LookExtent.All : LookExtent.AllButRunning;

    /// <returns>The rows of trials that are new or may have changed, by key; null where there is no such study.</returns>
    private List<TrialRow>? Changed(MySqlSession session, bool withRunning)
    {
        LookQuery look = NewLook();
        session.Execute(look);
        List<TrialRow> rows = look.Rows!;
        return rows.Count == 0
            && session.Key("SELECT study_id FROM studies WHERE study_id = @study", ("study", study)) is null
            ? null
            : Changed(rows, withRunning);
    }

    private List<TrialRow> Changed(List<TrialRow> rows, bool withRunning)
    {
        rows.RemoveAll(row => !MayHaveChanged(row, withRunning));
        if (rows.Count > 1) rows.Sort((one, other) => one.Id.CompareTo(other.Id));
        return rows;
    }

    private LookQuery NewLook() => LookQuery.For(scan, _query ??= NewQuery());

    // Whether nothing can have changed but by new trials, as far as is known, and by this trial.
    private bool IsAlone(long trial) => IsAlone() && (_own.Count == 0 || (_own.Count == 1 && _own.Contains(trial)));

    private bool IsAlone() => _waiting.Count == 0 && _running.Count == 0 && _touched.Count == 0;

    private string NewQuery()
    {
        long[] open = [.. _own, .. _waiting, .. _running.Keys, .. _touched];
        // The youngest trials lie together: one range is found sooner than each of them.
        long first = open.Where(trial => trial > _seen - Near).Append(_seen + 1).Min();
        long[] far = [.. open.Where(trial => trial < first)];
        if (far.Length > MostNamed) (first, far) = (far.Min(), []);
        return scan.Text(study, first, far);
    }

    private bool MayHaveChanged(TrialRow row, bool withRunning) =>
        row.Id > _seen || _touched.Contains(row.Id) || (row.State switch
        {
            "RUNNING" => !_own.Contains(row.Id) && (withRunning || !_running.ContainsKey(row.Id)),
            "WAITING" => !_waiting.Contains(row.Id),
            _ => !_counted.Contains(row.Id),
        });

    // A running trial that nobody has heard of yet is left for whoever asks for running ones.
    private bool IsWanted(TrialRow row, bool withRunning) =>
        row.State != "RUNNING" || (!_own.Contains(row.Id) && (withRunning || _waiting.Contains(row.Id) || _touched.Contains(row.Id)));

    private void Count(long trial, string state)
    {
        if (_counted.Add(trial)) _finished[state] = _finished.GetValueOrDefault(state) + 1;
    }

    private void Note(TrialRow row)
    {
        _query = null;
        if (row.Id > _seen) (_seen, _seenNumber) = (row.Id, row.Number ?? -1);
        _touched.Remove(row.Id);
        if (_own.Contains(row.Id) && row.State == "RUNNING") return;
        if (row.IsFinished) Count(row.Id, row.State);
        _own.Remove(row.Id);
        if (row.State != "WAITING") _waiting.Remove(row.Id);
        else _waiting.Add(row.Id);
        if (row.State != "RUNNING") _running.Remove(row.Id);
        else _running.TryAdd(row.Id, null);
    }
}
