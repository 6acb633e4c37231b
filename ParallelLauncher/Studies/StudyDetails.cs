using System.Data.Common;
using System.Globalization;
using Hpo.Interop.Storages;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>What is read once, and not with every look: the trials that have not ended, and the best one.</summary>
internal static class StudyDetails
{
    // A heartbeat is in the database's own time.
    private static string OpenQuery(string heartbeatAge) =>
        $"""
        SELECT t.trial_id, t.number, t.state, a.value_json, {heartbeatAge}
        FROM studies s
        JOIN trials t ON t.study_id = s.study_id
        LEFT JOIN trial_system_attributes a ON a.trial_id = t.trial_id AND a.`key` = @key
        LEFT JOIN trial_heartbeats h ON h.trial_id = t.trial_id
        WHERE s.study_name = @study AND t.state IN ('RUNNING', 'WAITING')
        ORDER BY t.trial_id
        """;

    private static string BestQuery(string best, string worst, IReadOnlyCollection<long> infeasible) =>
        $"""
        SELECT t.trial_id, t.number, v.value, v.value_type
        FROM studies s
        JOIN trials t ON t.study_id = s.study_id
        JOIN trial_values v ON v.trial_id = t.trial_id AND v.objective = 0
        WHERE s.study_name = @study AND t.state = 'COMPLETE'{(infeasible.Count == 0 ? "" : $" AND t.trial_id NOT IN ({string.Join(',', infeasible.Select(id => id.ToString(CultureInfo.InvariantCulture)))})")}
        ORDER BY CASE v.value_type WHEN 'INF_POS' THEN {best}1 WHEN 'INF_NEG' THEN {worst}1 ELSE 0 END, {best}v.value, t.number
        LIMIT 1
        """;

    private const string ParametersQuery =
        "SELECT param_name, param_value, distribution_json FROM trial_params WHERE trial_id = @id ORDER BY param_id";

    public static Task<List<OpenTrial>> ReadOpenAsync(
        DbConnection connection, DbTransaction? transaction, string study, string heartbeatAge, CancellationToken cancellationToken) =>
        connection.Command(transaction, OpenQuery(heartbeatAge), ("@study", study), ("@key", TrialOwner.Key))
            .ReadAllAsync(
                row => new OpenTrial(
                    row.GetInt64(0),
                    row.IsDBNull(1) ? -1 : row.GetInt64(1),
                    row.GetString(2) == "RUNNING",
                    TrialOwner.Parse(row.Text(3)),
                    row.IsDBNull(4) ? null : Convert.ToDouble(row.GetValue(4), CultureInfo.InvariantCulture)),
                cancellationToken);

    public static async Task<BestTrial?> ReadBestAsync(
        DbConnection connection, string study, bool maximize, CancellationToken cancellationToken)
    {
        HashSet<long> infeasible = await InfeasibleTrials.ReadAsync(
            connection, "s.study_name = @study", [("@study", study)], cancellationToken);
        // Signs that turn "greater" into "earlier".
        string query = maximize ? BestQuery("-", "", infeasible) : BestQuery("", "-", infeasible);
        List<(long Id, long Number, double Value)> best = await connection.Command(null, query, ("@study", study)).ReadAllAsync(
            row => (row.GetInt64(0), row.IsDBNull(1) ? -1 : row.GetInt64(1), row.Value(2, 3) ?? double.NaN), cancellationToken);
        if (best.Count == 0) return null;
        List<KeyValuePair<string, string>> parameters = await connection.Command(null, ParametersQuery, ("@id", best[0].Id))
            .ReadAllAsync(
                row => KeyValuePair.Create(row.Text(0) ?? "", row.IsDBNull(1) ? "null" : Describe(row.GetDouble(1), row.Text(2))),
                cancellationToken);
        var byName = new OrderedDictionary<string, string>();
        foreach (var (name, value) in parameters) byName[name] = value;
        return new BestTrial(best[0].Number, best[0].Value, byName);
    }

    // A categorical parameter stores its choice's index. What is no distribution of Optuna's leaves the number as it is.
    private static string Describe(double value, string? distribution)
    {
        var map = PythonJson.TryParse(distribution, out object? parsed) ? parsed as OrderedDictionary<string, object?> : null;
        string name = map?.GetValueOrDefault("name") as string ?? "";
        if (name.StartsWith("Categorical", StringComparison.Ordinal)
            && map!.GetValueOrDefault("attributes") is OrderedDictionary<string, object?> attributes
            && attributes.GetValueOrDefault("choices") is object?[] choices
            && value >= 0 && value < choices.Length)
        {
            return choices[(int)value] is string text ? text : PythonJson.Write(choices[(int)value]);
        }

        return name.StartsWith("Int", StringComparison.Ordinal)
            ? value.ToString("F0", CultureInfo.InvariantCulture)
            : value.ToString("G6", CultureInfo.InvariantCulture);
    }
}
