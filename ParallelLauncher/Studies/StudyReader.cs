using System.Data.Common;
using System.Globalization;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>
/// Reads how far a study is, in SQL that MySQL, MariaDB and SQLite share. As in the native storage, a finished trial is read
/// once: a look costs what has changed since the last one, however large the study is.
/// </summary>
internal sealed class StudyReader(string studyName)
{
    private const string IdentityQuery =
        """
        SELECT s.study_id, (SELECT MAX(trial_id) FROM trials t WHERE t.study_id = s.study_id)
        FROM studies s WHERE s.study_name = @study
        """;

    private const string DirectionsQuery =
        """
        SELECT s.study_id, d.direction, (SELECT MAX(trial_id) FROM trials t WHERE t.study_id = s.study_id)
        FROM studies s JOIN study_directions d ON d.study_id = s.study_id
        WHERE s.study_name = @study ORDER BY d.objective
        """;

    private readonly StudyTally _tally = new();
    private bool _hasLooked;
    private bool _isGone;
    private long _id;
    private string[] _directions = [];

    // The last trial that the study held before the launcher looked: what had ended by then is of no interest.
    private long _held;

    // Those that were open at the last look are read once more, whatever became of them.
    private static string Unread(IEnumerable<long> open) =>
        $"t.study_id = @id AND (t.trial_id > @seen OR t.trial_id IN ({string.Join(',', open.Append(-1).Select(id => id.ToString(CultureInfo.InvariantCulture)))}))";

    private static string TrialsQuery(string unread) =>
        $"""
        SELECT t.trial_id, t.number, t.state, a.value_json, v.value, v.value_type
        FROM trials t
        LEFT JOIN trial_system_attributes a ON a.trial_id = t.trial_id AND a.`key` = @key
        LEFT JOIN trial_values v ON v.trial_id = t.trial_id AND v.objective = 0
        WHERE {unread}
        ORDER BY t.trial_id
        """;

    public async Task<StudySnapshot?> ReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        // A study's directions never change. But it may be deleted.
        if (_directions.Length == 0) await FindStudyAsync(connection, cancellationToken);
        else _isGone = _isGone || !await IsThereAsync(connection, cancellationToken);
        if (_directions.Length == 0 || _isGone) return null;
        string unread = Unread(_tally.Open);
        List<Row> rows = await connection
            .Command(null, TrialsQuery(unread), ("@id", _id), ("@seen", _tally.Seen), ("@key", TrialOwner.Key))
            .ReadAllAsync(Row.Of, cancellationToken);
        // A trial has its constraints before it is complete.
        HashSet<long> infeasible = _directions.Length > 1 || rows.All(row => row.State != "COMPLETE") ? [] : await InfeasibleTrials.ReadAsync(
            connection, unread, [("@id", _id), ("@seen", _tally.Seen)], cancellationToken);
        // Only now: what a look that failed half-way has read is read again by the next one.
        List<WorkerTrial> trials = [.. rows.Select(row => Take(row, !infeasible.Contains(row.Id))).OfType<WorkerTrial>()];
        double? best = _directions is [var only] ? _tally.Best(only == "maximize") : null;
        return new StudySnapshot(_directions, _tally.Counts, best) { Trials = trials };
    }

    // Gives the trial where it is news of a worker.
    private WorkerTrial? Take(Row row, bool isFeasible)
    {
        bool isNews = row.Id > _held || row.State == "RUNNING" || _tally.Open.Contains(row.Id);
        _tally.Take(row.Id, row.State, row.Value, isFeasible);
        return isNews && row is { State: not "WAITING", Number: { } number } && TrialOwner.Parse(row.Mark) is { } owner
            ? new WorkerTrial(row.Id, number, row.State, owner, row.Value)
            : null;
    }

    // One of the same name that was made anew is another study. SQLite gives it the same key, but it lacks the trials.
    private async Task<bool> IsThereAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        List<(long Id, long Last)> found = await connection.Command(null, IdentityQuery, ("@study", studyName))
            .ReadAllAsync(row => (row.GetInt64(0), row.IsDBNull(1) ? 0 : row.GetInt64(1)), cancellationToken);
        return found is [var study] && study.Id == _id && study.Last >= _tally.Seen;
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

    private readonly record struct Row(long Id, long? Number, string State, string? Mark, double? Value)
    {
        public static Row Of(DbDataReader reader) => new(
            reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetInt64(1), reader.GetString(2), reader.Text(3), reader.Value(4, 5));
    }
}
