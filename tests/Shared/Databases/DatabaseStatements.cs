using MySqlConnector;

namespace Hpo.Tests;

internal static class DatabaseStatements
{
    /// <summary>Runs statements, and returns the first value of what they answer.</summary>
    public static async Task<object?> ExecuteAsync(this MySqlConnection connection, string sql)
    {
        await using MySqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }
}
