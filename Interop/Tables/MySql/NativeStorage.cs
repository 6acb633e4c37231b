using System.Collections.Concurrent;

namespace Hpo.Interop.Tables.MySql;

/// <summary>
/// Optuna's storage in MySQL or MariaDB, natively and on Optuna's own tables. Safe on any thread; every call is committed
/// by the server when it returns, and one that failed with a transient error can be retried.
/// </summary>
internal sealed class NativeStorage : IDisposable
{
    private readonly MySqlTables _tables;
    private readonly ConcurrentDictionary<long, StudyFollower> _followers = new();
    private readonly TrialCreation _creation;
    private readonly TrialWrites _writes;

    public NativeStorage(MySqlTables tables)
    {
        _tables = tables;
        _creation = new TrialCreation(tables);
        _writes = new TrialWrites(tables);
        Studies = new StudyWrites(tables);
    }

    /// <summary>Changes of studies themselves.</summary>
    public StudyWrites Studies { get; }

    /// <summary>Creates Optuna's tables where they are missing.</summary>
    /// <param name="revision">The revision of new ones.</param>
    /// <param name="library">The version of Optuna that new ones name.</param>
    /// <returns>The revision that they have, the version of Optuna that made them, and how the server stores values.</returns>
    public (string Revision, string Library, StoredForms Forms) EnsureSchema(string revision, string library)
    {
        var found = _tables.Use((MySqlSession session) =>
        {
            var (known, maker) = Schema.Ensure(session, revision, library);
            return (known, maker, StoredForms.Read(session));
        });
        _tables.Prepare(TrialScripts.All);
        return found;
    }

    /// <inheritdoc cref="StudyWrites.Delete"/>
    public bool DeleteStudy(long study)
    {
        _followers.TryRemove(study, out _);
        return Studies.Delete(study);
    }

    /// <summary>Reads over any of the storage's sessions.</summary>
    public T Read<T>(Func<TableSession, T> read) => _tables.Use(read);

    /// <inheritdoc cref="TrialCreation.Create(long, TrialTemplate, string?, long, ChangeQuery?)"/>
    /// <param name="study">The study's key.</param>
    /// <param name="template">What the trial begins with.</param>
    /// <param name="limits">How many trials the study shall have.</param>
    /// <param name="pending">The key that an earlier call may have made, or 0.</param>
    /// <param name="withChanges">Whether what has changed in the study is read with it.</param>
    public (NewTrial Made, StudyChanges Changes) CreateTrial(
        long study, TrialTemplate template, IReadOnlyList<TrialLimit> limits, long pending, bool withChanges)
    {
        StudyFollower follower = Follower(study);
        bool isToRun = template.State is TrialState.Running;
        return Change(follower, isToRun ? 0 : null, withChanges, made => made.Outcome, changes =>
        {
            NewTrial made = _creation.Create(study, template, follower.Condition(limits), pending, changes);
            if (made.Outcome is TrialChange.Done && isToRun) follower.Make(made.Id, made.Number);
            return made;
        });
    }

    /// <inheritdoc cref="TrialWrites.SetParam"/>
    public (TrialChange Change, StudyChanges Changes) SetParam(
        long study, long trial, string name, double value, string distribution, bool withChanges) =>
        Change(study, trial, withChanges, changes => _writes.SetParam(trial, name, value, distribution, changes));

    /// <inheritdoc cref="TrialWrites.SetFirstParam"/>
    public (TrialChange Change, string? Known) SetFirstParam(
        long study, long trial, string name, double value, string distribution)
    {
        (TrialChange Change, string? Known) result = _writes.SetFirstParam(study, trial, name, value, distribution);
        if (result.Change is TrialChange.Done) Follower(study).Touch(trial);
        return result;
    }

    /// <inheritdoc cref="TrialWrites.SetIntermediateValue"/>
    public (TrialChange Change, StudyChanges Changes) SetIntermediateValue(
        long study, long trial, long step, double value, bool withChanges) =>
        Change(study, trial, withChanges, changes => _writes.SetIntermediateValue(trial, step, value, changes));

    /// <inheritdoc cref="TrialWrites.SetAttribute"/>
    public (TrialChange Change, StudyChanges Changes) SetAttribute(
        long study, long trial, AttributeKind kind, string key, string json, bool withChanges) =>
        Change(study, trial, withChanges, changes => _writes.SetAttribute(trial, kind, key, json, changes));

    /// <inheritdoc cref="TrialWrites.SetState"/>
    public (TrialChange Change, StudyChanges Changes) SetState(
        long study, long trial, TrialTransition transition, IReadOnlyList<TrialLimit> limits, bool isRepeated, bool withChanges)
    {
        StudyFollower follower = Follower(study);
        return Change(follower, trial, withChanges, change => change, changes =>
        {
            TrialChange change = _writes.SetState(study, trial, transition, follower.Condition(limits), isRepeated, changes);
            if (change is not TrialChange.Done) return change;
            switch (transition.State)
            {
                case TrialState.Running: follower.Own(trial); break;
                case TrialState.Waiting: follower.Disown(trial); break;
                default: follower.Finish(trial, transition.State); break;
            }

            return change;
        });
    }

    /// <inheritdoc cref="TrialWrites.RemoveSystemAttribute"/>
    public void RemoveSystemAttribute(long trial, string key) => _writes.RemoveSystemAttribute(trial, key);

    /// <inheritdoc cref="TrialWrites.Beat"/>
    public void Beat(long trial) => _writes.Beat(trial);

    /// <inheritdoc cref="StudyFollower.Stale"/>
    public long[] StaleTrials(long study, long graceSeconds) => Follower(study).Stale(graceSeconds);

    /// <inheritdoc cref="StudyFollower.Read"/>
    public StudyChanges? ReadChanges(long study, bool withRunning) => Follower(study).Read(withRunning);

    /// <inheritdoc cref="TrialReader.Find"/>
    public (long Study, StoredTrial Trial)? ReadTrial(long trial) => Read(session => TrialReader.Find(session, trial));

    /// <returns>The key of the trial with this number, or null.</returns>
    public long? FindTrial(long study, long number) => Read(session => session.Key(
        "SELECT trial_id FROM trials WHERE study_id = @study AND number = @number", ("study", study), ("number", number)));

    public void Dispose() => _tables.Dispose();

    private (TrialChange Change, StudyChanges Changes) Change(
        long study, long trial, bool withChanges, Func<ChangeQuery?, TrialChange> change)
    {
        StudyFollower follower = Follower(study);
        return Change(follower, trial, withChanges, outcome => outcome, changes =>
        {
            TrialChange outcome = change(changes);
            if (outcome is TrialChange.Done) follower.Touch(trial);
            return outcome;
        });
    }

    private static (T Result, StudyChanges Changes) Change<T>(
        StudyFollower follower, long? trial, bool withChanges, Func<T, TrialChange> outcome, Func<ChangeQuery?, T> change) =>
        withChanges ? follower.ReadWith(trial, change, result => outcome(result) is TrialChange.Done) : (change(null), default);

    private StudyFollower Follower(long study) => _followers.GetOrAdd(study, key => new StudyFollower(_tables, key));
}
