using MySqlConnector;

namespace Hpo.Interop.Storages.MySql;

/// <summary>
/// The statement that gives an unfinished trial a row of a table, or another value to the one it has: over the parameters
/// @trial, @key, and @v0 and following for the columns.
/// </summary>
internal sealed class Upsert
{
    public static readonly Upsert Param = new("trial_params", "param_name", "param_value", "distribution_json");
    public static readonly Upsert IntermediateValue =
        new("trial_intermediate_values", "step", "intermediate_value", "intermediate_value_type");
    public static readonly Upsert UserAttribute = new("trial_user_attributes", "`key`", "value_json");
    public static readonly Upsert SystemAttribute = new("trial_system_attributes", "`key`", "value_json");

    private const int UnknownStatement = 1243;

    private readonly string _text;
    private readonly string _preparation;
    private readonly string _execution;

    private Upsert(string table, string key, params string[] columns)
    {
        string[] values = [.. columns.Select((_, index) => $"@v{index}")];
        _text = Text(table, key, columns, "@key", values, "@trial");
        string prepared = Text(table, key, columns, "?", Array.ConvertAll(columns, _ => "?"), "?");
        _preparation = $"PREPARE upsert_{table} FROM '{prepared.Replace("'", "''", StringComparison.Ordinal)}'";
        _execution = $"EXECUTE upsert_{table} USING @key, {string.Join(", ", values)}, @trial";
    }

    /// <returns>Whether the trial was there and unfinished.</returns>
    public bool Execute(
        MySqlConnection connection, SharedLook? look, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        // MySQL's EXECUTE takes variables only.
        if (!connection.ServerVersion.Contains("MariaDB", StringComparison.Ordinal)) return connection.Execute(look, _text, values) > 0;
        try
        {
            return connection.Execute(look, _execution, values) > 0;
        }
        catch (MySqlException error) when (error.Number == UnknownStatement)
        {
            // The session is a new one.
            connection.Execute(_preparation);
            return connection.Execute(look, _execution, values) > 0;
        }
    }

    private static string Text(string table, string key, string[] columns, string keyValue, string[] values, string trial) =>
        $"""
         INSERT INTO {table} (trial_id, {key}, {string.Join(", ", columns)})
         SELECT trial_id, {keyValue}, {string.Join(", ", values)} FROM trials
         WHERE trial_id = {trial} AND {Statements.IsOpen} LOCK IN SHARE MODE
         ON DUPLICATE KEY UPDATE {string.Join(", ", columns.Select(column => $"{column} = VALUES({column})"))}
         """;
}
