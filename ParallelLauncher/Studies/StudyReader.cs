using System.Data.Common;
using System.Globalization;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>
/// Reads how far a study is, in SQL that MySQL, MariaDB and SQLite share. As in the native storage, a finished trial is read
/// once: a look costs what has changed since the last one, however large the study is.
/// </summary>
internal sealed class StudyReader(string studyName)
{
    private const string DirectionsQuery =
        """
        SELECT s.study_id, d.direction, (SELECT MAX(trial_id) FROM trials t WHERE t.study_id = s.study_id)
        FROM studies s JOIN study_directions d ON d.study_id = s.study_id
        WHERE s.study_name = @study ORDER BY d.objective
        """;

    private bool _hasLooked;
    private long _id;
    private string[] _directions = [];

    // The last trial that the study held before the launcher looked: what had ended by then is of no interest.
    private long _held;
    private StudyTally _tally = new();

    // Those that were open at the last look are read once more, whatever became of them.
    private static string TrialsQuery(IEnumerable<long> open) =>
        $"""
        SELECT t.trial_id, t.number, t.state, a.value_json, v.value, v.value_type
        FROM trials t
        LEFT JOIN trial_system_attributes a ON a.trial_id = t.trial_id AND a.`key` = @key
        LEFT JOIN trial_values v ON v.trial_id = t.trial_id AND v.objective = 0
        WHERE t.study_id = @id AND (t.trial_id > @seen OR t.trial_id IN ({string.Join(',', open.Append(-1).Select(id => id.ToString(CultureInfo.InvariantCulture)))}))
        ORDER BY t.trial_id
        """;

    public async Task<StudySnapshot?> ReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        // A study's directions never change.
        if (_directions.Length == 0) await FindStudyAsync(connection, cancellationToken);
        if (_directions.Length == 0) return null;
        StudyTally tally = _tally.Copy();
        var trials = new List<WorkerTrial>();
        await connection.Command(null, TrialsQuery(tally.Open), ("@id", _id), ("@seen", tally.Seen), ("@key", TrialOwner.Key)).ReadAllAsync(
            row =>
            {
                var (id, state, value) = (row.GetInt64(0), row.GetString(2), row.Value(4, 5));
                bool isNews = id > _held || state == "RUNNING" || tally.Open.Contains(id);
                tally.Take(id, state, value);
                if (isNews && state != "WAITING" && !row.IsDBNull(1) && TrialOwner.Parse(row.Text(3)) is { } owner)
                {
                    trials.Add(new WorkerTrial(id, row.GetInt32(1), state, owner, value));
                }

                return true;
            },
            cancellationToken);
        // Only now: what a look that failed half-way has read is read again by the next one.
        _tally = tally;
        double? best = _directions is [var only] ? tally.Best(only == "maximize") : null;
        return new StudySnapshot(_directions, tally.Counts, best) { Trials = trials };
    }

    private async Task FindStudyAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        List<string> directions = await connection.Command(null, DirectionsQuery, ("@study", studyName)).ReadAllAsync(
            row =>
            {
                _id = row.GetInt64(0);
                // A study that was made since the first look holds trials of this run only.
                _held = _hasLooked || row.IsDBNull(2) ? 0 : row.GetInt64(2);
                return row.GetString(1).ToLowerInvariant();
            },
            cancellationToken);
        _directions = [.. directions];
        _hasLooked = true; // and not before: a look that failed has not seen what the study held
    }
}
