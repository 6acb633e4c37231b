using System.Data.Common;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>The queries over Optuna's tables, in SQL that MySQL, MariaDB and SQLite share.</summary>
internal sealed class StudyReader(string studyName)
{
    private const string DirectionsQuery =
        """
        SELECT d.direction FROM studies s JOIN study_directions d ON d.study_id = s.study_id
        WHERE s.study_name = @study ORDER BY d.objective
        """;

    // An infinite value is NULL plus its type.
    private const string TrialsQuery =
        """
        SELECT t.state, COUNT(*), MIN(v.value), MAX(v.value),
               SUM(CASE WHEN v.value_type = 'INF_POS' THEN 1 ELSE 0 END),
               SUM(CASE WHEN v.value_type = 'INF_NEG' THEN 1 ELSE 0 END)
        FROM studies s
        JOIN trials t ON t.study_id = s.study_id
        LEFT JOIN trial_values v ON v.trial_id = t.trial_id AND v.objective = 0
        WHERE s.study_name = @study GROUP BY t.state
        """;

    private string[] _directions = [];

    public async Task<StudySnapshot?> ReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        // A study's directions never change.
        if (_directions.Length == 0) _directions = await ReadDirectionsAsync(connection, cancellationToken);
        return _directions.Length == 0 ? null : await ReadTrialsAsync(connection, cancellationToken);
    }

    private async Task<string[]> ReadDirectionsAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using DbCommand command = Command(connection, DirectionsQuery);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var directions = new List<string>();
        while (await reader.ReadAsync(cancellationToken)) directions.Add(reader.GetString(0).ToLowerInvariant());
        return [.. directions];
    }

    private async Task<StudySnapshot> ReadTrialsAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using DbCommand command = Command(connection, TrialsQuery);
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new Dictionary<string, int>();
        double? best = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            string state = reader.GetString(0);
            counts[state] = reader.GetInt32(1);
            if (state == "COMPLETE" && _directions.Length == 1) best = Best(reader, _directions[0] == "maximize");
        }

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

    private DbCommand Command(DbConnection connection, string text)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = "@study";
        parameter.Value = studyName;
        command.Parameters.Add(parameter);
        return command;
    }
}
