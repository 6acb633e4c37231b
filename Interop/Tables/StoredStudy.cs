using System.Data.Common;

namespace Hpo.Interop.Tables;

/// <summary>A study as the tables hold it.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Directions">As Optuna names them in the tables: MINIMIZE, MAXIMIZE or NOT_SET, for each objective.</param>
/// <param name="UserAttributes">The user's attributes, with their JSON.</param>
/// <param name="SystemAttributes">Optuna's attributes, with their JSON.</param>
internal sealed record StoredStudy(
    long Id,
    string Name,
    IReadOnlyList<string> Directions,
    IReadOnlyList<KeyValuePair<string, string>> UserAttributes,
    IReadOnlyList<KeyValuePair<string, string>> SystemAttributes)
{
    private const string Where = "WHERE study_id = @study";

    /// <summary>What is better, for each objective.</summary>
    public IReadOnlyList<StudyDirection> ToDirections() =>
        [.. Directions.Select(direction => direction == "MAXIMIZE" ? StudyDirection.Maximize : StudyDirection.Minimize)];

    /// <summary>The key of the study of just this name, or null.</summary>
    public static long? Find(TableSession session, string name) => session.Key(
        $"SELECT study_id FROM studies WHERE {session.Sql.IsName("study_name", "@name")}", ("name", name));

    /// <summary>The study of a key, or null.</summary>
    public static StoredStudy? Read(TableSession session, long study) => session.Read(Query(Where), ReadAll, ("study", study)).FirstOrDefault();

    /// <summary>The study of just this name, or null.</summary>
    public static StoredStudy? Read(TableSession session, string name) => Find(session, name) is { } study ? Read(session, study) : null;

    /// <summary>All studies, in the order in which they were made.</summary>
    public static List<StoredStudy> ReadAll(TableSession session) => session.Read(Query(""), ReadAll);

    private static string Query(string where) =>
        $"""
         SELECT study_id, study_name FROM studies {where} ORDER BY study_id;
         SELECT study_id, direction, '' FROM study_directions {where} ORDER BY study_id, objective;
         SELECT study_id, `key`, value_json FROM study_user_attributes {where} ORDER BY study_user_attribute_id;
         SELECT study_id, `key`, value_json FROM study_system_attributes {where} ORDER BY study_system_attribute_id
         """;

    private static List<StoredStudy> ReadAll(DbDataReader reader)
    {
        List<(long Id, string Name)> studies = reader.Rows(row => (row.GetInt64(0), row.GetString(1)));
        ILookup<long, KeyValuePair<string, string>> directions = Next(reader), user = Next(reader), system = Next(reader);
        return [.. studies.Select(study => new StoredStudy(
            study.Id, study.Name, [.. directions[study.Id].Select(pair => pair.Key)], [.. user[study.Id]], [.. system[study.Id]]))];
    }

    private static ILookup<long, KeyValuePair<string, string>> Next(DbDataReader reader)
    {
        reader.NextResult();
        return reader.Rows(row => (Study: row.GetInt64(0), Pair: row.Attribute(1, 2))).ToLookup(row => row.Study, row => row.Pair);
    }
}
