using System.Collections.Concurrent;

namespace Hpo.Interop.Storages.MySql;

/// <summary>
/// Optuna's studies in MySQL or MariaDB, natively and on Optuna's own tables. Safe on any thread; every call is committed
/// by the server when it returns, and one that failed with a passing fault can be made again.
/// </summary>
internal sealed class MySqlStudies : IDisposable
{
    private readonly MySqlConnections _connections;
    private readonly ConcurrentDictionary<long, StudyCursor> _cursors = new();
    private readonly TrialCreation _creation;
    private readonly TrialWrites _writes;

    public MySqlStudies(MySqlConnectionSettings settings)
    {
        _connections = new MySqlConnections(settings);
        _creation = new TrialCreation(_connections);
        _writes = new TrialWrites(_connections);
        Studies = new StudyRows(_connections);
    }

    public StudyRows Studies { get; }

    /// <summary>Creates Optuna's tables where they are missing.</summary>
    /// <param name="revision">The revision of new ones.</param>
    /// <param name="library">The version of Optuna that new ones name.</param>
    /// <returns>The revision that they have, and the version of Optuna that made them.</returns>
    public (string Revision, string Library) EnsureSchema(string revision, string library) =>
        _connections.Use(connection => Schema.Ensure(connection, revision, library));

    /// <inheritdoc cref="StudyRows.Delete"/>
    public bool DeleteStudy(long study)
    {
        _cursors.TryRemove(study, out _);
        return Studies.Delete(study);
    }

    /// <inheritdoc cref="TrialCreation.Create(long, TrialTemplate, string?, long)"/>
    public NewTrial CreateTrial(long study, TrialTemplate template, IReadOnlyList<TrialLimit> limits, long pending)
    {
        NewTrial made = _creation.Create(study, template, Cursor(study).Condition(limits), pending);
        if (made.Outcome is TrialChange.Done && template.State == "RUNNING") Cursor(study).Own(made.Id);
        return made;
    }

    /// <inheritdoc cref="TrialWrites.SetParam"/>
    public TrialChange SetParam(long study, long trial, string name, double value, string distribution) =>
        Touched(study, trial, _writes.SetParam(trial, name, value, distribution));

    /// <inheritdoc cref="TrialWrites.SetFirstParam"/>
    public (TrialChange Change, string? Known) SetFirstParam(
        long study, long trial, string name, double value, string distribution)
    {
        (TrialChange Change, string? Known) result = _writes.SetFirstParam(study, trial, name, value, distribution);
        Touched(study, trial, result.Change);
        return result;
    }

    /// <inheritdoc cref="TrialWrites.SetIntermediateValue"/>
    public TrialChange SetIntermediateValue(long study, long trial, long step, double value) =>
        Touched(study, trial, _writes.SetIntermediateValue(trial, step, value));

    /// <inheritdoc cref="TrialWrites.SetAttribute"/>
    public TrialChange SetAttribute(long study, long trial, AttributeKind kind, string key, string json) =>
        Touched(study, trial, _writes.SetAttribute(trial, kind, key, json));

    /// <inheritdoc cref="TrialWrites.SetState"/>
    public TrialChange SetState(
        long study, long trial, TrialTransition transition, IReadOnlyList<TrialLimit> limits, bool isRepeated)
    {
        TrialChange change = _writes.SetState(study, trial, transition, Cursor(study).Condition(limits), isRepeated);
        if (change is not TrialChange.Done) return change;
        switch (transition.State)
        {
            case "RUNNING": Cursor(study).Own(trial); break;
            case "WAITING": Cursor(study).Disown(trial); break;
            default: Cursor(study).Finish(trial, transition.State); break;
        }

        return change;
    }

    /// <inheritdoc cref="TrialWrites.Beat"/>
    public void Beat(long trial) => _writes.Beat(trial);

    /// <inheritdoc cref="StudyCursor.Stale"/>
    public long[] StaleTrials(long study, long graceSeconds) => Cursor(study).Stale(graceSeconds);

    /// <inheritdoc cref="StudyCursor.Read(bool, out string?)"/>
    public bool ReadChanges(long study, bool withRunning, out string? changes) => Cursor(study).Read(withRunning, out changes);

    /// <returns>The key of the trial's study, and the trial as <see cref="TrialReader.Read"/> has it; null where there is none.</returns>
    public (long Study, string Json)? ReadTrial(long trial) => _connections.Use<(long, string)?>(connection =>
        TrialReader.Find(connection, trial, out long study) is { } row
            ? (study, TrialReader.Read(connection, [row]).First().Json)
            : null);

    /// <returns>The key of the trial with this number, or null.</returns>
    public long? FindTrial(long study, long number) => _connections.Use(connection => connection.Key(
        "SELECT trial_id FROM trials WHERE study_id = @study AND number = @number", ("study", study), ("number", number)));

    public void Dispose() => _connections.Dispose();

    private TrialChange Touched(long study, long trial, TrialChange change)
    {
        if (change is TrialChange.Done) Cursor(study).Touch(trial);
        return change;
    }

    private StudyCursor Cursor(long study) => _cursors.GetOrAdd(study, key => new StudyCursor(_connections, key));
}
