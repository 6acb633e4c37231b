using System.Globalization;
using MySqlConnector;

namespace Hpo.Interop.Storages.MySql;

/// <summary>Commands of one or several statements, each one round trip.</summary>
internal static class Statements
{
    // The server limits how long a lock is waited for, and keep-alive packets find a network that is gone. A limit here
    // would cost every answer a system call more.
    private const int NoLimit = 0;

    /// <summary>Closes a connection of which it is unknown whether it still is one: nothing that happens then matters.</summary>
    public static void Abandon(this MySqlConnection connection)
    {
        try
        {
            connection.Dispose();
        }
        catch (Exception error) when (MySqlErrors.IsDatabaseError(error))
        {
            // It was gone, and the server knows it or will.
        }
    }

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
        this MySqlConnection connection, LookQuery? look, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (look is null) return connection.Execute(text, values);
        using MySqlCommand command = connection.Command($"{text}; {look.Text}", [.. values, .. look.Parameters]);
        command.Execute(look, out int found);
        return found;
    }

    /// <summary>Runs a look by itself.</summary>
    public static void Execute(this MySqlConnection connection, LookQuery look)
    {
        using MySqlCommand command = connection.Command(look.Text, look.Parameters);
        command.Execute(look, out _);
    }

    /// <summary>Runs a script that the session has prepared.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="script">The script.</param>
    /// <param name="look">What shares the round trip, or null.</param>
    /// <param name="before">What is run before it, each statement with its semicolon.</param>
    /// <param name="values">The parameters.</param>
    /// <returns>Whether the change was made.</returns>
    public static bool ExecutePrepared(
        this MySqlConnection connection, TrialScript script, LookQuery? look, string before,
        params ReadOnlySpan<(string Name, object? Value)> values)
    {
        string after = look is { IsForNewer: false } ? $"; {look.Text}" : "";
        using MySqlCommand command = connection.Command(
            before + script.Execution + after, [.. values, .. look?.Parameters ?? LookQuery.NoParameters]);
        bool isDone = command.Execute(look, out _);
        look?.Conclude();
        return isDone;
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

    // Whether no script among the statements has refused its change.
    private static bool Execute(this MySqlCommand command, LookQuery? look, out int found)
    {
        bool isDone = true;
        using MySqlDataReader reader = command.ExecuteReader();
        do
        {
            if (reader.FieldCount == 1 && reader.GetName(0) == TrialScripts.RefusedColumn) isDone = false;
            else look?.Take(reader);
        }
        while (reader.NextResult());

        found = reader.RecordsAffected;
        return isDone;
    }

    public static string? Text(this MySqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Keys as the inside of an SQL list.</summary>
    public static string List(IEnumerable<long> keys) =>
        string.Join(',', keys.Select(key => key.ToString(CultureInfo.InvariantCulture)));
}
