using System.Globalization;
using MySqlConnector;

namespace Hpo.Interop.Storages.MySql;

/// <summary>Commands of one or several statements, each one round trip.</summary>
internal static class Statements
{
    /// <summary>What a trial's state is compared with where only unfinished trials may be changed.</summary>
    public const string IsOpen = "state IN ('RUNNING', 'WAITING')";

    // The server limits how long a lock is waited for, and keep-alive packets find a network that is gone. A limit here
    // would cost every answer a system call more.
    private const int NoLimit = 0;

    public static MySqlCommand Command(
        this MySqlConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = new MySqlCommand(text, connection) { CommandTimeout = NoLimit };
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    /// <returns>The number of rows that all statements together found.</returns>
    public static int Execute(
        this MySqlConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using MySqlCommand command = connection.Command(text, values);
        return command.ExecuteNonQuery();
    }

    /// <param name="connection">The connection.</param>
    /// <param name="look">What shares the round trip, or null.</param>
    /// <param name="text">The statements.</param>
    /// <param name="values">Their parameters.</param>
    /// <returns>The number of rows that the statements together found.</returns>
    public static int Execute(
        this MySqlConnection connection, SharedLook? look, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (look is null) return connection.Execute(text, values);
        using MySqlCommand command = connection.Command($"{text}; {look.Text}", values);
        return command.Execute(look);
    }

    /// <summary>Runs a look by itself.</summary>
    public static void Execute(this MySqlConnection connection, SharedLook look)
    {
        using MySqlCommand command = connection.Command(look.Text);
        command.Execute(look);
    }

    /// <returns>The first row's first value of the first result, or null.</returns>
    public static object? Scalar(
        this MySqlConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using MySqlCommand command = connection.Command(text, values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    /// <summary>A key, or null.</summary>
    public static long? Key(
        this MySqlConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> values) =>
        connection.Scalar(text, values) is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    public static List<T> Rows<T>(this MySqlConnection connection, Func<MySqlDataReader, T> row, string text,
        params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using MySqlCommand command = connection.Command(text, values);
        using MySqlDataReader reader = command.ExecuteReader();
        return reader.Rows(row);
    }

    /// <summary>The rows of the reader's current result.</summary>
    public static List<T> Rows<T>(this MySqlDataReader reader, Func<MySqlDataReader, T> row)
    {
        var rows = new List<T>();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }

    private static int Execute(this MySqlCommand command, SharedLook look)
    {
        using MySqlDataReader reader = command.ExecuteReader();
        do
        {
            look.Take(reader);
        }
        while (reader.NextResult());

        return reader.RecordsAffected;
    }

    public static string? Text(this MySqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Keys as the inside of an SQL list.</summary>
    public static string List(IEnumerable<long> keys) =>
        string.Join(',', keys.Select(key => key.ToString(CultureInfo.InvariantCulture)));
}
