using System.Collections.Concurrent;

namespace Hpo.Interop.Storages.MySql;

/// <summary>
/// Optuna's studies in MySQL or MariaDB, natively and on Optuna's own tables. Safe on any thread; every call is committed
/// by the server when it returns, and one that failed with a transient error can be made again.
/// </summary>
internal sealed class MySqlStudies : IDisposable
{
    private readonly MySqlConnections _connections;
    private readonly ConcurrentDictionary<long, StudyCursor> _cursors = new();
    private readonly TrialCreation _creation;
    private readonly TrialWrites _writes;
    private readonly Lazy<TrialScan> _scan;

    public MySqlStudies(MySqlConnectionSettings settings)
    {
        _connections = new MySqlConnections(settings);
        _creation = new TrialCreation(_connections);
        _writes = new TrialWrites(_connections);
        _scan = new Lazy<TrialScan>(() => _connections.Use(TrialScan.Probe), LazyThreadSafetyMode.PublicationOnly);
        Studies = new StudyRows(_connections);
    }

    public StudyRows Studies { get; }

    /// <summary>Creates Optuna's tables where they are missing.</summary>
    /// <param name="revision">The revision of new ones.</param>
    /// <param name="library">The version of Optuna that new ones name.</param>
    /// <returns>The revision that they have, the version of Optuna that made them, and what the server makes of values.</returns>
    public (string Revision, string Library, StoredForms Forms) EnsureSchema(string revision, string library)
    {
        var found = _connections.Use(session =>
        {
            var (known, maker) = Schema.Ensure(session, revision, library);
            return (known, maker, StoredForms.Read(session));
        });
        _connections.Prepare(TrialScripts.All);
        return found;
    }

    /// <inheritdoc cref="StudyRows.Delete"/>
    public bool DeleteStudy(long study)
    {
        _cursors.TryRemove(study, out _);
        return Studies.Delete(study);
    }

    /// <inheritdoc cref="TrialCreation.Create(long, TrialTemplate, string?, long, LookQuery?)"/>
    /// <param name="study">The study's key.</param>
    /// <param name="template">What the trial begins with.</param>
    /// <param name="limits">How many trials the study shall have.</param>
    /// <param name="pending">The key that an earlier call may have made, or 0.</param>
    /// <param name="withLook">Whether what has changed in the study is read with it.</param>
    public (NewTrial Made, StudyLook Look) CreateTrial(
        long study, TrialTemplate template, IReadOnlyList<TrialLimit> limits, long pending, bool withLook)
    {
        StudyCursor cursor = Cursor(study);
        bool isToRun = template.State == "RUNNING";
        return Change(cursor, isToRun ? 0 : null, withLook, made => made.Outcome, look =>
        {
            NewTrial made = _creation.Create(study, template, cursor.Condition(limits), pending, look);
            if (made.Outcome is TrialChange.Done && isToRun) cursor.Make(made.Id, made.Number);
            return made;
        });
    }

    /// <inheritdoc cref="TrialWrites.SetParam"/>
    public (TrialChange Change, StudyLook Look) SetParam(
        long study, long trial, string name, double value, string distribution, bool withLook) =>
        Change(study, trial, withLook, look => _writes.SetParam(trial, name, value, distribution, look));

    /// <inheritdoc cref="TrialWrites.SetFirstParam"/>
    public (TrialChange Change, string? Known) SetFirstParam(
        long study, long trial, string name, double value, string distribution)
    {
        (TrialChange Change, string? Known) result = _writes.SetFirstParam(study, trial, name, value, distribution);
        if (result.Change is TrialChange.Done) Cursor(study).Touch(trial);
        return result;
    }

    /// <inheritdoc cref="TrialWrites.SetIntermediateValue"/>
    public (TrialChange Change, StudyLook Look) SetIntermediateValue(
        long study, long trial, long step, double value, bool withLook) =>
        Change(study, trial, withLook, look => _writes.SetIntermediateValue(trial, step, value, look));

    /// <inheritdoc cref="TrialWrites.SetAttribute"/>
    public (TrialChange Change, StudyLook Look) SetAttribute(
        long study, long trial, AttributeKind kind, string key, string json, bool withLook) =>
        Change(study, trial, withLook, look => _writes.SetAttribute(trial, kind, key, json, look));

    /// <inheritdoc cref="TrialWrites.SetState"/>
    public (TrialChange Change, StudyLook Look) SetState(
        long study, long trial, TrialTransition transition, IReadOnlyList<TrialLimit> limits, bool isRepeated, bool withLook)
    {
        StudyCursor cursor = Cursor(study);
        return Change(cursor, trial, withLook, change => change, look =>
        {
            TrialChange change = _writes.SetState(study, trial, transition, cursor.Condition(limits), isRepeated, look);
            if (change is not TrialChange.Done) return change;
            switch (transition.State)
            {
                case "RUNNING": cursor.Own(trial); break;
                case "WAITING": cursor.Disown(trial); break;
                default: cursor.Finish(trial, transition.State); break;
            }

            return change;
        });
    }

    /// <inheritdoc cref="TrialWrites.RemoveSystemAttribute"/>
    public void RemoveSystemAttribute(long trial, string key) => _writes.RemoveSystemAttribute(trial, key);

    /// <inheritdoc cref="TrialWrites.Beat"/>
    public void Beat(long trial) => _writes.Beat(trial);

    /// <inheritdoc cref="StudyCursor.Stale"/>
    public long[] StaleTrials(long study, long graceSeconds) => Cursor(study).Stale(graceSeconds);

    /// <inheritdoc cref="StudyCursor.Read"/>
    public StudyLook? ReadChanges(long study, bool withRunning) => Cursor(study).Read(withRunning);

    /// <returns>The key of the trial's study, and the trial as <see cref="TrialReader.Read"/> has it; null where there is none.</returns>
    public (long Study, string Json)? ReadTrial(long trial) => _connections.Use<(long, string)?>(session =>
        TrialReader.Find(session, trial, out long study) is { } row
            ? (study, TrialReader.Read(session, [row]).First().Json)
            : null);

    /// <returns>The key of the trial with this number, or null.</returns>
    public long? FindTrial(long study, long number) => _connections.Use(session => session.Key(
        "SELECT trial_id FROM trials WHERE study_id = @study AND number = @number", ("study", study), ("number", number)));

    public void Dispose() => _connections.Dispose();

    private (TrialChange Change, StudyLook Look) Change(
        long study, long trial, bool withLook, Func<LookQuery?, TrialChange> change)
    {
        StudyCursor cursor = Cursor(study);
        return Change(cursor, trial, withLook, outcome => outcome, look =>
        {
            TrialChange outcome = change(look);
            if (outcome is TrialChange.Done) cursor.Touch(trial);
            return outcome;
        });
    }

    private static (T Result, StudyLook Look) Change<T>(
        StudyCursor cursor, long? trial, bool withLook, Func<T, TrialChange> outcome, Func<LookQuery?, T> change) =>
        withLook ? cursor.ReadWith(trial, change, result => outcome(result) is TrialChange.Done) : (change(null), default);

    private StudyCursor Cursor(long study) => _cursors.GetOrAdd(study, key => new StudyCursor(_connections, _scan.Value, key));
}
