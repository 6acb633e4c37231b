using System.Globalization;

namespace Hpo.Interop.Tables;

/// <summary>A trial that has not ended.</summary>
/// <param name="Id">Its key in the database.</param>
/// <param name="Number">Its number in the study; −1 where it has none.</param>
/// <param name="IsRunning">Whether it runs; else it waits.</param>
/// <param name="Owner">The worker that runs it, or null where that is unknown.</param>
/// <param name="SecondsSinceHeartbeat">How long ago its worker sent a heartbeat; null where it sends none.</param>
internal sealed record OpenTrial(long Id, long Number, bool IsRunning, TrialOwner? Owner, double? SecondsSinceHeartbeat)
{
    /// <summary>The trials of a study that run or wait, by key.</summary>
    public static List<OpenTrial> ReadAll(TableSession session, string study) => session.Rows(
        row => new OpenTrial(
            row.GetInt64(0),
            row.IsDBNull(1) ? -1 : row.GetInt64(1),
            row.GetString(2) == TrialState.Running.Name(),
            TrialOwner.Parse(row.Text(3)),
            row.IsDBNull(4) ? null : Convert.ToDouble(row.GetValue(4), CultureInfo.InvariantCulture)),
        $"""
         SELECT t.trial_id, t.number, t.state, a.value_json, {session.Sql.HeartbeatAge}
         FROM studies s
         JOIN trials t ON t.study_id = s.study_id
         LEFT JOIN trial_system_attributes a ON a.trial_id = t.trial_id AND a.`key` = @key
         LEFT JOIN trial_heartbeats h ON h.trial_id = t.trial_id
         WHERE {session.Sql.IsName("s.study_name", "@study")} AND t.state IN ('RUNNING', 'WAITING')
         ORDER BY t.trial_id
         """,
        ("study", study), ("key", TrialOwner.Key));
}
