using MySqlConnector;

namespace Hpo.Interop.Storages.MySql;

/// <summary>Whose attributes are meant: those of the user, or those of Optuna.</summary>
internal enum AttributeKind
{
    User,
    System,
}

/// <summary>Studies: made, deleted, and read.</summary>
internal sealed class StudyRows(MySqlConnections connections)
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
    public long Create(string name, IReadOnlyList<string> directions, long pending) => connections.Use(session =>
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
            connections,
            study,
            look: null,
            directions.Count == 0
                ? ""
                : $"INSERT INTO study_directions (study_id, direction, objective) VALUES {string.Join(", ", rows)};");
        return study;
    });

    /// <summary>
    /// Deletes a study with all that belongs to it, or nothing. Whoever adds something to it meanwhile waits, and finds it
    /// gone: the rows that others' refer to are held first.
    /// </summary>
    /// <returns>Whether it was there.</returns>
    public bool Delete(long study) => connections.Use(session =>
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

    /// <returns>The key of the study of just this name, or null.</returns>
    public long? Find(string name) =>
        connections.Use(session => session.Key($"SELECT study_id FROM studies WHERE {Names.Are("study_name", "@name")}", ("name", name)));

    /// <returns>The name, and the directions as Optuna names them; null where there is no such study.</returns>
    public (string Name, string[] Directions)? Read(long study) => connections.Use<(string, string[])?>(session =>
    {
        List<(string Name, string? Direction)> rows = session.Rows(
            row => (row.GetString(0), row.Text(1)),
            """
            SELECT s.study_name, d.direction FROM studies s LEFT JOIN study_directions d ON d.study_id = s.study_id
            WHERE s.study_id = @study ORDER BY d.objective
            """,
            ("study", study));
        return rows.Count == 0 ? null : (rows[0].Name, [.. rows.Where(row => row.Direction is not null).Select(row => row.Direction!)]);
    });

    /// <returns>The attributes' JSON by key; null where there is no such study.</returns>
    public List<KeyValuePair<string, string>>? Attributes(long study, AttributeKind kind) => connections.Use(session =>
    {
        List<(string? Key, string? Json)> rows = session.Rows(
            row => (row.Text(0), row.Text(1)),
            $"""
             SELECT a.`key`, a.value_json FROM studies s LEFT JOIN {Table(kind)} a ON a.study_id = s.study_id
             WHERE s.study_id = @study
             """,
            ("study", study));
        return rows.Count == 0 ? null : rows.Where(row => row.Key is not null)
            .Select(row => KeyValuePair.Create(row.Key!, row.Json ?? "null")).ToList();
    });

    /// <returns>Whether there is such a study.</returns>
    public bool SetAttribute(long study, AttributeKind kind, string key, string json) => connections.Use(session =>
    {
        (string, object?)[] values = [("study", study), ("key", key), ("json", json)];
        string clash = $"FROM {Table(kind)} a WHERE a.study_id = @study AND {Names.Clash("a.`key`", "@key")}";
        int stored = session.Execute(
            $"""
             INSERT INTO {Table(kind)} (study_id, `key`, value_json)
             SELECT study_id, @key, @json FROM studies WHERE study_id = @study AND NOT EXISTS (SELECT 1 {clash}) LOCK IN SHARE MODE
             ON DUPLICATE KEY UPDATE value_json = VALUES(value_json)
             """,
            values);
        if (stored == 0 && session.Scalar($"SELECT a.`key` {clash}", values) is string known)
            throw Names.Refusal(key, known, Table(kind), "`key`");
        return stored > 0;
    });

    /// <returns>All studies as JSON: [key, name, [direction…], {user attribute: JSON…}, {system attribute: JSON…}] each.</returns>
    public string All() => connections.Use(session => session.Read(
            """
            SELECT study_id, study_name FROM studies ORDER BY study_id;
            SELECT study_id, direction, '' FROM study_directions ORDER BY study_id, objective;
            SELECT study_id, `key`, value_json FROM study_user_attributes;
            SELECT study_id, `key`, value_json FROM study_system_attributes
            """,
            ReadAll));

    private static string ReadAll(MySqlDataReader reader)
    {
        List<(long Id, string Name)> studies = reader.Rows(row => (row.GetInt64(0), row.GetString(1)));
        ILookup<long, KeyValuePair<string, string>> directions = Next(reader), user = Next(reader), system = Next(reader);
        return JsonText.Write(json =>
        {
            json.WriteStartArray();
            foreach (var (id, name) in studies)
            {
                json.WriteStartArray();
                json.WriteNumberValue(id);
                json.WriteStringValue(name);
                json.WriteStartArray();
                foreach (var (direction, _) in directions[id]) json.WriteStringValue(direction);
                json.WriteEndArray();
                JsonText.WriteMap(json, user[id]);
                JsonText.WriteMap(json, system[id]);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        });
    }

    private static ILookup<long, KeyValuePair<string, string>> Next(MySqlDataReader reader)
    {
        reader.NextResult();
        return reader.Rows(row => (Study: row.GetInt64(0), Pair: KeyValuePair.Create(row.Text(1) ?? "", row.Text(2) ?? "null")))
            .ToLookup(row => row.Study, row => row.Pair);
    }

    private static string Table(AttributeKind kind) =>
        kind is AttributeKind.User ? "study_user_attributes" : "study_system_attributes";
}
