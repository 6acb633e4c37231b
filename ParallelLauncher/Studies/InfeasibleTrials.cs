using System.Data.Common;
using Hpo.Interop;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>The complete trials that violate a constraint, and so are not the best of their study.</summary>
internal static class InfeasibleTrials
{
    /// <param name="connection">The database.</param>
    /// <param name="trials">A condition on the trials <c>t</c>.</param>
    /// <param name="values">The condition's parameters.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<HashSet<long>> ReadAsync(
        DbConnection connection, string trials, (string Name, object? Value)[] values, CancellationToken cancellationToken)
    {
        List<(long Trial, string Key, string? Json)> attributes = await connection.Command(
            null,
            $"SELECT a.trial_id, a.`key`, a.value_json FROM trial_system_attributes a JOIN trials t ON t.trial_id = a.trial_id " +
            $"JOIN studies s ON s.study_id = t.study_id WHERE {trials} AND t.state = 'COMPLETE' " +
            $"AND (a.`key` = '{TrialConstraints.Key}' OR a.`key` LIKE '{TrialConstraints.Key}:%')",
            values).ReadAllAsync(row => (row.GetInt64(0), row.GetString(1), row.Text(2)), cancellationToken);
        return [.. attributes.GroupBy(attribute => attribute.Trial)
            .Where(trial => !TrialConstraints.AreKeptInJson(trial.Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Json))))
            .Select(trial => trial.Key)];
    }
}
