using System.Globalization;
using MySqlConnector;

namespace Hpo.Interop.Tables.MySql;

/// <summary>Makes sure that a server has the storage's database, and connections for its users.</summary>
internal static class MySqlDatabase
{
    /// <inheritdoc cref="StudyTables.EnsureDatabase"/>
    public static string? Ensure(MySqlConnectionSettings settings, int connections)
    {
        using MySqlConnection connection = OpenOrCreate(settings);
        using var command = new MySqlCommand("SELECT @@max_connections; SHOW GLOBAL STATUS LIKE 'Threads_connected'", connection);
        using MySqlDataReader reader = command.ExecuteReader();
        reader.Read();
        long most = Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture);
        reader.NextResult();
        long used = reader.Read() ? long.Parse(reader.GetString(1), CultureInfo.InvariantCulture) : 0;
        return used + connections <= most
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"the server allows {most}, and {used} are in use. Start fewer workers, or raise max_connections.");
    }

    private static MySqlConnection OpenOrCreate(MySqlConnectionSettings settings)
    {
        try
        {
            return settings.Open();
        }
        catch (MySqlException error) when (MySqlErrors.IsUnknownDatabase(error))
        {
            using MySqlConnection connection = settings.Open(withDatabase: false);
            // Some servers' default is latin1, which cannot hold every name, or takes different ones for equal.
            using var creation = new MySqlCommand(
                $"CREATE DATABASE IF NOT EXISTS {settings.QuotedDatabase} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", connection);
            creation.ExecuteNonQuery();
        }

        return settings.Open();
    }
}
