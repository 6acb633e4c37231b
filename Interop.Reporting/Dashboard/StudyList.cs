using System.Data.Common;
using Hpo.Interop.Reporting.Snapshots;
using Hpo.Interop.Tables;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>Reads the list of a storage's studies, in a few queries however many trials they have.</summary>
internal static class StudyList
{
    /// <summary>All studies, in the order in which they were made.</summary>
    /// <exception cref="TableException">The database failed, or holds no studies of Optuna.</exception>
    public static IReadOnlyList<StudyEntry> Read(StudyTables tables) => tables.Use(session =>
    {
        TableTimes times = TableTimes.Read(session);
        ILookup<long, (TrialState State, long Count, DateTime? Active)> states = session.Rows(
            row => (Study: row.GetInt64(0), (TrialStates.Parse(row.GetString(1)), row.GetInt64(2), Latest(row, 3, 4))),
            "SELECT study_id, state, COUNT(*), MAX(datetime_start), MAX(datetime_complete) FROM trials GROUP BY study_id, state")
            .ToLookup(row => row.Study, row => row.Item2);
        Dictionary<long, (double Least, double Greatest)> extremes = ReadExtremes(session);
        return StoredStudy.ReadAll(session).ConvertAll(study =>
        {
            IReadOnlyList<ObjectiveSnapshot> objectives = SnapshotBuilder.Objectives(
                study.ToDirections(), TrialConverter.Attributes(study.UserAttributes), TrialConverter.Attributes(study.SystemAttributes));
            return new StudyEntry(
                study.Name,
                objectives,
                new SortedDictionary<string, long>(states[study.Id].ToDictionary(state => state.State.Name(), state => state.Count)),
                objectives.Count == 1 && extremes.TryGetValue(study.Id, out var extreme)
                    ? study.ToDirections()[0] is StudyDirection.Maximize ? extreme.Greatest : extreme.Least
                    : null,
                states[study.Id].Max(state => state.Active) is { } active
                    ? SnapshotBuilder.Milliseconds(times.ToLocal(active, TimeZoneInfo.Local))
                    : null);
        });
    });

    private static DateTime? Latest(DbDataReader row, int start, int complete)
    {
        DateTime? started = row.IsDBNull(start) ? null : row.GetDateTime(start), ended = row.IsDBNull(complete) ? null : row.GetDateTime(complete);
        return ended is null || started > ended ? started : ended;
    }

    // SQL has no infinities: they are NULL beside their type.
    private static Dictionary<long, (double Least, double Greatest)> ReadExtremes(TableSession session)
    {
        // Most studies have none to read.
        IEnumerable<long> infeasible = session.Rows(
            row => (Trial: row.GetInt64(0), Attribute: row.Attribute(1, 2)),
            $"SELECT a.trial_id, a.`key`, a.value_json FROM trial_system_attributes a JOIN trials t ON t.trial_id = a.trial_id " +
            $"WHERE t.state = 'COMPLETE' AND (a.`key` = '{TrialConstraints.Key}' OR a.`key` LIKE '{TrialConstraints.Key}:%')")
            .GroupBy(row => row.Trial)
            .Where(trial => !TrialConstraints.AreKept(TrialConverter.Attributes(trial.Select(row => row.Attribute))))
            .Select(trial => trial.Key);
        return session.Rows(
            row =>
            {
                bool isFinite = !row.IsDBNull(1), hasLeast = row.GetInt64(3) == 1, hasGreatest = row.GetInt64(4) == 1;
                return (Study: row.GetInt64(0), Extremes: (
                    hasLeast ? double.NegativeInfinity : isFinite ? row.GetDouble(1) : double.PositiveInfinity,
                    hasGreatest ? double.PositiveInfinity : isFinite ? row.GetDouble(2) : double.NegativeInfinity));
            },
            "SELECT t.study_id, MIN(v.value), MAX(v.value), MAX(CASE v.value_type WHEN 'INF_NEG' THEN 1 ELSE 0 END), " +
            "MAX(CASE v.value_type WHEN 'INF_POS' THEN 1 ELSE 0 END) FROM trials t JOIN trial_values v ON v.trial_id = t.trial_id " +
            $"WHERE t.state = 'COMPLETE' AND v.objective = 0 AND t.trial_id NOT IN ({Statements.List([-1, .. infeasible])}) GROUP BY t.study_id")
            .ToDictionary(row => row.Study, row => row.Extremes);
    }
}
