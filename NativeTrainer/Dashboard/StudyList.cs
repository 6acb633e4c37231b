using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.NativeTrainer.Reporting;

namespace Hpo.NativeTrainer.Dashboard;

/// <summary>Reads the list of a storage's studies, in a few queries however many trials they have.</summary>
/// <param name="tables">The tables.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class StudyList(TableConnection tables, CancellationToken cancellation)
{
    private readonly Dictionary<long, List<string>> _directions = [];
    private readonly Dictionary<long, SortedDictionary<string, long>> _states = [];
    private readonly Dictionary<long, DateTime> _active = [];
    private readonly Dictionary<long, (double Least, double Greatest)> _extremes = [];

    public async Task<IReadOnlyList<StudyEntry>> ReadAsync()
    {
        await tables.ReadAsync("SELECT study_id, direction FROM study_directions ORDER BY study_id, objective", null, row =>
            Of(_directions, row.GetInt64(0)).Add(row.GetString(1).ToLowerInvariant()), cancellation);
        await ReadStatesAsync(await StudyTables.TimesAsync(tables, cancellation));
        await ReadExtremesAsync(await InfeasibleAsync());
        var studies = new List<StudyEntry>();
        await tables.ReadAsync("SELECT study_id, study_name FROM studies ORDER BY study_id", null, row =>
        {
            long id = row.GetInt64(0);
            studies.Add(new StudyEntry(
                row.GetString(1), Of(_directions, id), Of(_states, id), BestOf(id),
                _active.TryGetValue(id, out DateTime time) ? SnapshotBuilder.Milliseconds(time) : null));
        }, cancellation);
        return studies;
    }

    private async Task ReadStatesAsync(TableTimes times) => await tables.ReadAsync(
        "SELECT study_id, state, COUNT(*), MAX(datetime_start), MAX(datetime_complete) FROM trials GROUP BY study_id, state", null,
        row =>
        {
            long study = row.GetInt64(0);
            Of(_states, study)[row.GetString(1)] = row.GetInt64(2);
            foreach (int column in (int[])[3, 4])
            {
                if (StudyTables.Time(row, column, times) is { } time && (!_active.TryGetValue(study, out DateTime last) || time > last)) _active[study] = time;
            }
        },
        cancellation);

    /// <summary>The keys of the complete trials that violate a constraint. Most studies have none to read.</summary>
    private async Task<IReadOnlyList<long>> InfeasibleAsync()
    {
        var attributes = new Dictionary<long, Dictionary<string, object?>>();
        await tables.ReadAsync(
            $"SELECT a.trial_id, a.`key`, a.value_json FROM trial_system_attributes a JOIN trials t ON t.trial_id = a.trial_id " +
            $"WHERE t.state = 'COMPLETE' AND (a.`key` = '{TrialConstraints.Key}' OR a.`key` LIKE '{TrialConstraints.Key}:%')",
            null, row => Of(attributes, row.GetInt64(0))[StudyTables.Key(row, 1)] = StudyTables.Attribute(row, 2), cancellation);
        return [.. attributes.Where(trial => !TrialConstraints.AreKept(trial.Value)).Select(trial => trial.Key)];
    }

    // SQL has no infinities: they are NULL beside their kind.
    private async Task ReadExtremesAsync(IReadOnlyList<long> infeasible)
    {
        string feasible = infeasible.Count == 0 ? "" : $" AND t.trial_id NOT IN ({Join(infeasible)})";
        await tables.ReadAsync(
            "SELECT t.study_id, MIN(v.value), MAX(v.value), MAX(CASE v.value_type WHEN 'INF_NEG' THEN 1 ELSE 0 END), " +
            "MAX(CASE v.value_type WHEN 'INF_POS' THEN 1 ELSE 0 END) FROM trials t JOIN trial_values v ON v.trial_id = t.trial_id " +
            $"WHERE t.state = 'COMPLETE' AND v.objective = 0{feasible} GROUP BY t.study_id",
            null,
            row =>
            {
                bool isFinite = !row.IsDBNull(1), hasLeast = row.GetInt64(3) == 1, hasGreatest = row.GetInt64(4) == 1;
                _extremes[row.GetInt64(0)] = (
                    hasLeast ? double.NegativeInfinity : isFinite ? row.GetDouble(1) : double.PositiveInfinity,
                    hasGreatest ? double.PositiveInfinity : isFinite ? row.GetDouble(2) : double.NegativeInfinity);
            },
            cancellation);
    }

    private double? BestOf(long study) =>
        Of(_directions, study) is not [var only] || !_extremes.TryGetValue(study, out var extreme) ? null
        : only == "maximize" ? extreme.Greatest : extreme.Least;

    private static string Join(IEnumerable<long> keys) =>
        string.Join(',', keys.Select(key => key.ToString(CultureInfo.InvariantCulture)));

    private static T Of<T>(Dictionary<long, T> map, long key) where T : new()
    {
        if (!map.TryGetValue(key, out T? value)) map[key] = value = new T();
        return value;
    }
}
