using System.Text;

namespace Hpo.Interop.Tables.MySql;

/// <summary>
/// Changes of trials. Each is one round trip, in which the server itself checks that the trial is not finished; only where
/// it refuses is it asked why. All of them are idempotent.
/// </summary>
internal sealed class TrialWrites(MySqlTables tables)
{
    public TrialChange SetParam(long trial, string name, double value, string distribution, ChangeQuery? changes) => Write(
        changes, TrialScripts.Param, trial, name, ("key", name), ("v0", StoredNumber.Finite(value)), ("v1", distribution));

    public TrialChange SetIntermediateValue(long trial, long step, double value, ChangeQuery? changes)
    {
        var (number, type) = StoredNumber.Store(value);
        return Write(changes, TrialScripts.IntermediateValue, trial, name: null, ("key", step), ("v0", number), ("v1", type));
    }

    public TrialChange SetAttribute(long trial, AttributeKind kind, string key, string json, ChangeQuery? changes) => Write(
        changes, kind is AttributeKind.User ? TrialScripts.UserAttribute : TrialScripts.SystemAttribute, trial, key, ("key", key), ("v0", json));

    /// <summary>
    /// Sets a parameter that this process has not seen in the study before. The study's row is locked meanwhile, as Optuna
    /// does, so that no two workers begin with distributions that exclude each other.
    /// </summary>
    /// <returns>The outcome; nothing is changed where the study knows the parameter: then its distribution.</returns>
    public (TrialChange Change, string? Known) SetFirstParam(
        long study, long trial, string name, double value, string distribution)
    {
        string known =
            "FROM trials o JOIN trial_params p ON p.trial_id = o.trial_id WHERE o.study_id = @study AND " + Names.Are("p.param_name", "@key");
        return tables.Use(session =>
        {
            (string? Known, bool IsDone) answer = session.Read(
                $"""
                 START TRANSACTION;
                 {TrialScripts.Hold};
                 SELECT p.distribution_json {known} LIMIT 1;
                 INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
                 SELECT trial_id, @key, @v0, @v1 FROM trials
                 WHERE trial_id = @trial AND {TrialScripts.IsOpen} AND NOT EXISTS (SELECT 1 {known})
                 AND NOT EXISTS (SELECT 1 {TrialScripts.Param.Clash});
                 COMMIT
                 """,
                reader =>
                {
                    reader.NextResult();
                    if (reader.Read()) return (reader.Text(0), false);
                    while (reader.NextResult())
                    {
                    }

                    return (null, reader.RecordsAffected > 0);
                },
                ("study", study), ("trial", trial), ("key", name), ("v0", StoredNumber.Finite(value)), ("v1", distribution));
            TrialChange change = answer.Known is not null ? TrialChange.NotNeeded
                : answer.IsDone ? TrialChange.Done
                : WhyNot(session, TrialScripts.Param, trial, name);
            return (change, answer.Known);
        });
    }

    /// <param name="study">The key of the trial's study.</param>
    /// <param name="trial">The trial's key.</param>
    /// <param name="transition">What it becomes.</param>
    /// <param name="condition">What must hold while the study's row is locked, in SQL; null for nothing.</param>
    /// <param name="isRepeated">Whether an earlier attempt may have done it, with its answer lost.</param>
    /// <param name="changes">What shares the round trip, or null.</param>
    public TrialChange SetState(
        long study, long trial, TrialTransition transition, string? condition, bool isRepeated, ChangeQuery? changes)
    {
        List<(string, object?)> parameters = [("study", study), ("trial", trial), ("state", transition.State.Name()), ("now", transition.Now)];
        AddValues(transition, parameters);
        (string, object?)[] values = parameters.ToArray();
        string? text = condition is null && transition is { IsEnd: true, Values.Count: 1, Owner: null } ? null : Text(transition, condition);
        return tables.Use(session =>
        {
            if (text is null ? Run(session, TrialScripts.FinishWithValue, changes, values) : session.Execute(changes, text, values) > 0)
                return TrialChange.Done;
            TrialChange reason = WhyNot(session, trial, out TrialState? found);
            if (reason is TrialChange.IsFinished && isRepeated && found == transition.State) return TrialChange.Done;
            return transition.State is TrialState.Running && found is TrialState.Waiting ? TrialChange.BeyondLimit : reason;
        });
    }

    public void RemoveSystemAttribute(long trial, string key) => tables.Use(session => session.Execute(
        "DELETE FROM trial_system_attributes WHERE trial_id = @trial AND `key` = @key", ("trial", trial), ("key", key)));

    /// <summary>Records a heartbeat, in the server's time.</summary>
    public void Beat(long trial) => tables.Use(
        session => session.Execute(
            """
            INSERT INTO trial_heartbeats (trial_id, heartbeat) SELECT trial_id, CURRENT_TIMESTAMP FROM trials WHERE trial_id = @trial
            ON DUPLICATE KEY UPDATE heartbeat = CURRENT_TIMESTAMP
            """,
            ("trial", trial)),
        isHeartbeat: true);

    // What else belongs to the change comes first, and the state last: see TrialScripts.Value.
    private static string Text(TrialTransition transition, string? condition)
    {
        const string taken = "SELECT 1 FROM trial_system_attributes a WHERE a.trial_id = @trial AND a.`key` = @key AND a.value_json = @json";
        string isOpen = transition.State is TrialState.Running ? "state = 'WAITING'" : TrialScripts.IsOpen;
        if (condition is not null) isOpen += $" AND {condition}";
        var text = new StringBuilder();
        if (condition is not null) text.Append(TrialScripts.Hold).Append(';');
        for (int objective = 0; objective < (transition.Values?.Count ?? 0); objective++)
            text.Append(TrialScripts.Value(objective)).Append(';');
        if (transition.Owner is not null)
        {
            text.Append(
                $"""
                 INSERT INTO trial_system_attributes (trial_id, `key`, value_json)
                 SELECT trial_id, @key, @json FROM trials WHERE trial_id = @trial AND {isOpen} FOR UPDATE
                 ON DUPLICATE KEY UPDATE value_json = VALUES(value_json);
                 """);
        }

        string update = transition.State switch
        {
            TrialState.Running => $"UPDATE trials SET state = @state, datetime_start = @now WHERE trial_id = @trial AND state = 'WAITING' AND " +
                         (transition.Owner is null ? condition ?? "TRUE" : $"EXISTS ({taken})"),
            TrialState.Waiting => $"UPDATE trials SET state = @state WHERE trial_id = @trial AND {isOpen}",
            _ => TrialScripts.Finish,
        };
        return text.Length == 0 ? update : $"START TRANSACTION; {text}{update}; COMMIT";
    }

    // The parameters of the additions.
    private static void AddValues(TrialTransition transition, List<(string, object?)> parameters)
    {
        IReadOnlyList<double> values = transition.Values ?? [];
        for (int objective = 0; objective < values.Count; objective++)
        {
            var (number, type) = StoredNumber.Store(values[objective]);
            parameters.Add(($"v{objective}", number));
            parameters.Add(($"y{objective}", type));
        }

        if (transition.Owner is { } owner) parameters.AddRange([("key", owner.Key), ("json", owner.Json)]);
    }

    private TrialChange Write(
        ChangeQuery? changes, UpsertScript script, long trial, string? name, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        (string, object?)[] parameters = [("trial", trial), .. values];
        return tables.Use(session =>
            Run(session, script.Script, changes, parameters) ? TrialChange.Done : WhyNot(session, script, trial, name));
    }

    private static bool Run(
        MySqlSession session, TrialScript script, ChangeQuery? changes, params ReadOnlySpan<(string Name, object? Value)> values) =>
        session.IsPrepared
            ? session.ExecutePrepared(script, changes, before: "", values)
            : session.Execute(changes, script.Text, values) > 0;

    private static TrialChange WhyNot(MySqlSession session, UpsertScript script, long trial, string? name)
    {
        TrialChange reason = WhyNot(session, trial, out _);
        if (reason is not TrialChange.NotNeeded || name is null) return reason;
        return session.Scalar($"SELECT {script.Key} {script.Clash}", ("trial", trial), ("key", name)) is string known
            ? throw Names.Refusal(name, known, script.Table, script.Key)
            : reason;
    }

    private static TrialChange WhyNot(MySqlSession session, long trial, out TrialState? state)
    {
        state = session.Scalar("SELECT state FROM trials WHERE trial_id = @trial", ("trial", trial)) is string name
            ? TrialStates.Parse(name)
            : null;
        return state is null ? TrialChange.NoTrial
            : state.Value.IsFinished() ? TrialChange.IsFinished
            : TrialChange.NotNeeded;
    }
}
