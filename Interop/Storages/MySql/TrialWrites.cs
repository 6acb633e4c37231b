using System.Text;
using MySqlConnector;

namespace Hpo.Interop.Storages.MySql;

/// <summary>
/// Changes of trials. Each is one round trip, in which the server itself checks that the trial is not finished; only where
/// it refuses is it asked why. All of them can be repeated.
/// </summary>
internal sealed class TrialWrites(MySqlConnections connections)
{
    public TrialChange SetParam(long trial, string name, double value, string distribution, LookQuery? look) => Write(
        look, TrialScripts.Param, trial, ("key", name), ("v0", StoredNumber.Finite(value)), ("v1", distribution));

    public TrialChange SetIntermediateValue(long trial, long step, double value, LookQuery? look)
    {
        var (number, type) = StoredNumber.Store(value);
        return Write(look, TrialScripts.IntermediateValue, trial, ("key", step), ("v0", number), ("v1", type));
    }

    public TrialChange SetAttribute(long trial, AttributeKind kind, string key, string json, LookQuery? look) => Write(
        look, kind is AttributeKind.User ? TrialScripts.UserAttribute : TrialScripts.SystemAttribute, trial, ("key", key), ("v0", json));

    /// <summary>
    /// Sets a parameter that this process has not seen in the study before. The study's row is held meanwhile, as Optuna
    /// does, so that no two workers begin with distributions that exclude each other.
    /// </summary>
    /// <returns>What became of it; nothing is changed where the study knows the parameter: then its distribution.</returns>
    public (TrialChange Change, string? Known) SetFirstParam(
        long study, long trial, string name, double value, string distribution)
    {
        const string known =
            "FROM trials o JOIN trial_params p ON p.trial_id = o.trial_id WHERE o.study_id = @study AND p.param_name = @name";
        return connections.Use(connection =>
        {
            using MySqlCommand command = connection.Command(
                $"""
                 START TRANSACTION;
                 {TrialScripts.Hold};
                 SELECT p.distribution_json {known} LIMIT 1;
                 INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
                 SELECT trial_id, @name, @value, @distribution FROM trials
                 WHERE trial_id = @trial AND {TrialScripts.IsOpen} AND NOT EXISTS (SELECT 1 {known});
                 COMMIT
                 """,
                ("study", study), ("trial", trial), ("name", name), ("value", StoredNumber.Finite(value)), ("distribution", distribution));
            using (MySqlDataReader reader = command.ExecuteReader())
            {
                reader.NextResult();
                if (reader.Read()) return (TrialChange.NotNeeded, reader.Text(0));
                while (reader.NextResult())
                {
                }

                if (reader.RecordsAffected > 0) return (TrialChange.Done, null);
            }

            return (WhyNot(connection, trial), null);
        });
    }

    /// <param name="study">The key of the trial's study.</param>
    /// <param name="trial">The trial's key.</param>
    /// <param name="transition">What it becomes.</param>
    /// <param name="condition">What must hold when the study's row is held, in SQL; null for nothing.</param>
    /// <param name="isRepeated">Whether an earlier call may have done it, with its answer lost.</param>
    /// <param name="look">What shares the round trip, or null.</param>
    public TrialChange SetState(
        long study, long trial, TrialTransition transition, string? condition, bool isRepeated, LookQuery? look)
    {
        List<(string, object?)> parameters = [("study", study), ("trial", trial), ("state", transition.State), ("now", transition.Now)];
        AddValues(transition, parameters);
        (string, object?)[] values = parameters.ToArray();
        string? text = condition is null && transition is { IsEnd: true, Values.Count: 1, Mark: null } ? null : Text(transition, condition);
        return connections.Use(connection =>
        {
            if (text is null ? Run(connection, TrialScripts.FinishWithValue, look, values) : connection.Execute(look, text, values) > 0)
                return TrialChange.Done;
            TrialChange reason = WhyNot(connection, trial, out string? found);
            if (reason is TrialChange.IsFinished && isRepeated && found == transition.State) return TrialChange.Done;
            return transition.State == "RUNNING" && found == "WAITING" ? TrialChange.BeyondLimit : reason;
        });
    }

    /// <summary>Gives a sign of life, in the server's time.</summary>
    public void Beat(long trial) => connections.Use(connection => connection.Execute(
        """
        INSERT INTO trial_heartbeats (trial_id, heartbeat) SELECT trial_id, CURRENT_TIMESTAMP FROM trials WHERE trial_id = @trial
        ON DUPLICATE KEY UPDATE heartbeat = CURRENT_TIMESTAMP
        """,
        ("trial", trial)));

    private static string Text(TrialTransition transition, string? condition)
    {
        string update = transition.State switch
        {
            "RUNNING" => "UPDATE trials SET state = @state, datetime_start = @now WHERE trial_id = @trial AND state = 'WAITING'",
            "WAITING" => $"UPDATE trials SET state = @state WHERE trial_id = @trial AND {TrialScripts.IsOpen}",
            _ => TrialScripts.Finish,
        };
        if (condition is not null) update = $"{TrialScripts.Hold}; {update} AND {condition}";
        string additions = Additions(transition);
        return condition is null && additions.Length == 0 ? update : $"START TRANSACTION; {update}; {additions}COMMIT";
    }

    // Each stands only where the statement before it changed a row.
    private static string Additions(TrialTransition transition)
    {
        var text = new StringBuilder();
        for (int objective = 0; objective < (transition.Values?.Count ?? 0); objective++)
            text.Append(TrialScripts.Value(objective)).Append(';');
        if (transition.Mark is not null)
        {
            text.Append(
                """
                INSERT INTO trial_system_attributes (trial_id, `key`, value_json)
                SELECT @trial, @key, @json FROM DUAL WHERE ROW_COUNT() > 0
                ON DUPLICATE KEY UPDATE value_json = VALUES(value_json);
                """);
        }

        return text.ToString();
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

        if (transition.Mark is { } mark) parameters.AddRange([("key", mark.Key), ("json", mark.Json)]);
    }

    private TrialChange Write(
        LookQuery? look, TrialScript script, long trial, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        (string, object?)[] parameters = [("trial", trial), .. values];
        return connections.Use(connection =>
            Run(connection, script, look, parameters) ? TrialChange.Done : WhyNot(connection, trial));
    }

    private bool Run(
        MySqlConnection connection, TrialScript script, LookQuery? look, params ReadOnlySpan<(string Name, object? Value)> values) =>
        connections.IsPrepared
            ? connection.ExecutePrepared(script, look, before: "", values)
            : connection.Execute(look, script.Text, values) > 0;

    private static TrialChange WhyNot(MySqlConnection connection, long trial) => WhyNot(connection, trial, out _);

    private static TrialChange WhyNot(MySqlConnection connection, long trial, out string? state)
    {
        state = connection.Scalar("SELECT state FROM trials WHERE trial_id = @trial", ("trial", trial)) as string;
        return state switch
        {
            null => TrialChange.NoTrial,
            "RUNNING" or "WAITING" => TrialChange.NotNeeded,
            _ => TrialChange.IsFinished,
        };
    }
}
