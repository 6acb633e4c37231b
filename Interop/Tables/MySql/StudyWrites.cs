using MySqlConnector;

namespace Hpo.Interop.Tables.MySql;

/// <summary>Whose attributes are meant: those of the user, or those of Optuna.</summary>
internal enum AttributeKind
{
    User,
    System,
}

/// <summary>Changes of studies themselves.</summary>
internal sealed class StudyWrites(MySqlTables tables)
{
    private const string Owned =
        """
        DELETE FROM study_user_attributes WHERE study_id = @study;
        DELETE FROM study_system_attributes WHERE study_id = @study;
        DELETE FROM study_directions WHERE study_id = @study;
        """;

    private static readonly string[] TrialTables =
    [
        "trial_params", "trial_values", "trial_intermediate_values", "trial_user_attributes", "trial_system_attributes",
        "trial_heartbeats",
    ];

    /// <param name="name">Its name.</param>
    /// <param name="directions">As Optuna names them.</param>
    /// <param name="pending">The key that an earlier call may have made, or 0.</param>
    /// <returns>The study's key.</returns>
    public long Create(string name, IReadOnlyList<string> directions, long pending) => tables.Use(session =>
    {
        if (pending != 0 && session.Key("SELECT study_id FROM studies WHERE study_id = @study", ("study", pending)) is { } made)
            return made;
        long study;
        try
        {
            study = session.Insert("START TRANSACTION; INSERT INTO studies (study_name) VALUES (@name)", ("name", name));
        }
        catch (MySqlException error) when (error.ErrorCode is MySqlErrorCode.DuplicateKeyEntry)
        {
            session.Execute("ROLLBACK");
            throw session.Scalar($"SELECT study_name FROM studies WHERE {Names.Clash("study_name", "@name")}", ("name", name)) is string known
                ? Names.Refusal(name, known, "studies", "study_name")
                : error;
        }

        IEnumerable<string> rows = directions.Select((direction, objective) =>
            FormattableString.Invariant($"({study}, '{direction}', {objective})"));
        session.Commit(
            tables,
            study,
            changes: null,
            directions.Count == 0
                ? ""
                : $"INSERT INTO study_directions (study_id, direction, objective) VALUES {string.Join(", ", rows)};");
        return study;
    });

    /// <summary>
    /// Deletes a study with all that belongs to it, or nothing. A transaction that adds to it meanwhile waits, and finds it
    /// gone: the rows that others refer to are locked first.
    /// </summary>
    /// <returns>Whether it was there.</returns>
    public bool Delete(long study) => tables.Use(session =>
    {
        string trials = string.Concat(TrialTables.Select(table =>
            $"DELETE c FROM {table} c JOIN trials t ON t.trial_id = c.trial_id WHERE t.study_id = @study;"));
        List<long> found = session.Rows(
            row => row.GetInt64(0),
            $"""
             START TRANSACTION;
             {TrialScripts.Hold};
             SELECT trial_id FROM trials WHERE study_id = @study FOR UPDATE;
             {trials}{Owned}
             DELETE FROM trials WHERE study_id = @study;
             DELETE FROM studies WHERE study_id = @study;
             COMMIT
             """,
            ("study", study));
        return found.Count > 0;
    });

    /// <returns>Whether there is such a study.</returns>
    public bool SetAttribute(long study, AttributeKind kind, string key, string json) => tables.Use(session =>
    {
        string table = kind is AttributeKind.User ? "study_user_attributes" : "study_system_attributes";
        (string, object?)[] values = [("study", study), ("key", key), ("json", json)];
        string clash = $"FROM {table} a WHERE a.study_id = @study AND {Names.Clash("a.`key`", "@key")}";
        int stored = session.Execute(
            $"""
             INSERT INTO {table} (study_id, `key`, value_json)
             SELECT study_id, @key, @json FROM studies WHERE study_id = @study AND NOT EXISTS (SELECT 1 {clash}) LOCK IN SHARE MODE
             ON DUPLICATE KEY UPDATE value_json = VALUES(value_json)
             """,
            values);
        if (stored == 0 && session.Scalar($"SELECT a.`key` {clash}", values) is string known)
            throw Names.Refusal(key, known, table, "`key`");
        return stored > 0;
    });
}
