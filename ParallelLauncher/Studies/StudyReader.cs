using System.Data.Common;
using System.Globalization;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>The queries over Optuna's tables, in SQL that MySQL, MariaDB and SQLite share.</summary>
internal sealed class StudyReader(string studyName)
{
    private const string DirectionsQuery =
        """
        SELECT s.study_id, d.direction, (SELECT MAX(trial_id) FROM trials t WHERE t.study_id = s.study_id)
        FROM studies s JOIN study_directions d ON d.study_id = s.study_id
        WHERE s.study_name = @study ORDER BY d.objective
        """;

    // An infinite value is NULL plus its type.
    private const string CountsQuery =
        """
        SELECT t.state, COUNT(*), MIN(v.value), MAX(v.value),
               SUM(CASE WHEN v.value_type = 'INF_POS' THEN 1 ELSE 0 END),
               SUM(CASE WHEN v.value_type = 'INF_NEG' THEN 1 ELSE 0 END)
        FROM trials t
        LEFT JOIN trial_values v ON v.trial_id = t.trial_id AND v.objective = 0
        WHERE t.study_id = @id GROUP BY t.state
        """;

    // Those that were open at the last look are read once more, whatever became of them.
    private static string TrialsQuery(string open) =>
        $"""
        SELECT t.trial_id, t.number, t.state, a.value_json, v.value, v.value_type
        FROM trials t
        LEFT JOIN trial_system_attributes a ON a.trial_id = t.trial_id AND a.`key` = @key
        LEFT JOIN trial_values v ON v.trial_id = t.trial_id AND v.objective = 0
        WHERE t.study_id = @id AND (t.trial_id > @seen OR t.state = 'RUNNING' OR t.trial_id IN ({open}))
        ORDER BY t.trial_id
        """;

    private bool _hasLooked;
    private long _id;
    private long _seen;
    private string[] _directions = [];
    private HashSet<long> _open = [];

    public async Task<StudySnapshot?> ReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        // A study's directions never change.
        if (_directions.Length == 0) await FindStudyAsync(connection, cancellationToken);
        if (_directions.Length == 0) return null;
        var (trials, open, seen) = await ReadTrialsAsync(connection, cancellationToken);
        StudySnapshot snapshot = await ReadCountsAsync(connection, cancellationToken) with { Trials = trials };
        // Only now: what a look that failed half-way has read is read again by the next one.
        (_open, _seen) = (open, seen);
        return snapshot;
    }

    private async Task FindStudyAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        List<string> directions = await connection.Command(null, DirectionsQuery, ("@study", studyName)).ReadAllAsync(
            row =>
            {
                _id = row.GetInt64(0);
                // What a study held before is of no interest; one that was made since holds trials of this run only.
                _seen = _hasLooked || row.IsDBNull(2) ? 0 : row.GetInt64(2);
                return row.GetString(1).ToLowerInvariant();
            },
            cancellationToken);
        _directions = [.. directions];
        _hasLooked = true; // and not before: a look that failed has not seen what the study held
    }

    private async Task<(IReadOnlyList<WorkerTrial> Trials, HashSet<long> Open, long Seen)> ReadTrialsAsync(
        DbConnection connection, CancellationToken cancellationToken)
    {
        var found = new List<WorkerTrial>();
        var open = new HashSet<long>();
        long seen = _seen;
        string known = _open.Count == 0 ? "-1" : string.Join(',', _open.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        await connection.Command(null, TrialsQuery(known), ("@id", _id), ("@seen", _seen), ("@key", TrialOwner.Key)).ReadAllAsync(
            row =>
            {
                long id = row.GetInt64(0);
                string state = row.GetString(2);
                seen = Math.Max(seen, id);
                if (state is "RUNNING" or "WAITING") open.Add(id);
                if (state != "WAITING" && !row.IsDBNull(1) && TrialOwner.Parse(row.Text(3)) is { } owner)
                {
                    found.Add(new WorkerTrial(id, row.GetInt32(1), state, owner, row.Value(4, 5)));
                }

                return true;
            },
            cancellationToken);
        return (found, open, seen);
    }

    private async Task<StudySnapshot> ReadCountsAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>();
        double? best = null;
        await connection.Command(null, CountsQuery, ("@id", _id)).ReadAllAsync(
            row =>
            {
                string state = row.GetString(0);
                counts[state] = row.GetInt32(1);
                if (state == "COMPLETE" && _directions.Length == 1) best = Best(row, _directions[0] == "maximize");
                return true;
            },
            cancellationToken);
        return new StudySnapshot(
            _directions,
            new TrialCounts(Count("COMPLETE"), Count("PRUNED"), Count("FAIL"), Count("RUNNING"), Count("WAITING")),
            best);

        int Count(string state) => counts.GetValueOrDefault(state);
    }

    private static double? Best(DbDataReader reader, bool maximize)
    {
        bool anyPositive = reader.GetInt64(4) > 0, anyNegative = reader.GetInt64(5) > 0;
        double? finite = reader.IsDBNull(2) ? null : reader.GetDouble(maximize ? 3 : 2);
        if (maximize) return anyPositive ? double.PositiveInfinity : finite ?? (anyNegative ? double.NegativeInfinity : null);
        return anyNegative ? double.NegativeInfinity : finite ?? (anyPositive ? double.PositiveInfinity : null);
    }
}
