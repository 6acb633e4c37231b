using System.Data;
using System.Globalization;
using System.Text;
using MySqlConnector;

namespace Hpo.Interop.Storages.MySql;

/// <summary>
/// One session of the server. Each command, of one statement or several, is one round trip, and its answer is read to the
/// end: a later statement's error is the command's.
/// </summary>
internal sealed class MySqlSession
{
    // The server limits how long a lock is waited for, and keep-alive packets find a network that is gone. A limit here
    // would cost every answer a system call more.
    private const int NoLimit = 0;

    // What a character of a value may take at most in the packet: three bytes of UTF-8, or itself and a backslash.
    private const int BytesPerCharacter = 3;
    private const int PacketOverhead = 64;

    private readonly MySqlConnection _connection;

    public MySqlSession(MySqlConnection connection, long packetLimit)
    {
        _connection = connection;
        PacketLimit = packetLimit;
    }

    /// <summary>The bytes that the server takes in one packet: it closes the connection upon a larger one.</summary>
    public long PacketLimit { get; }

    /// <summary>Whether it has prepared <see cref="TrialScripts.All"/>.</summary>
    public bool IsPrepared { get; set; }

    /// <summary>Whether the connection is there, as far as the driver knows.</summary>
    public bool IsOpen => _connection.State is ConnectionState.Open;

    public string Database => _connection.Database;

    public bool IsMariaDb => _connection.ServerVersion.Contains("MariaDB", StringComparison.Ordinal);

    /// <summary>Ends it, whatever state it is in: the server rolls back what it leaves open.</summary>
    public void Close()
    {
        try
        {
            _connection.Dispose();
        }
        catch (Exception error) when (MySqlErrors.IsDatabaseError(error) || error is InvalidOperationException)
        {
            // It was gone, and the server knows it or will.
        }
    }

    /// <summary>Runs a command.</summary>
    /// <param name="text">Its statements.</param>
    /// <param name="read">Reads the answer, as far as it is wanted.</param>
    /// <param name="values">The parameters.</param>
    /// <returns>What was read.</returns>
    public T Read<T>(string text, Func<MySqlDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using MySqlCommand command = Command(text, values);
        using MySqlDataReader reader = command.ExecuteReader();
        T result = read(reader);
        while (reader.NextResult())
        {
            // A reader that is closed early would keep a later statement's error to itself.
        }

        return result;
    }

    /// <returns>The number of rows that all statements together found.</returns>
    public int Execute(string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using MySqlCommand command = Command(text, values);
        return command.ExecuteNonQuery();
    }

    /// <param name="look">What shares the round trip, or null.</param>
    /// <param name="text">The statements.</param>
    /// <param name="values">Their parameters.</param>
    /// <returns>The number of rows that the statements together found.</returns>
    public int Execute(LookQuery? look, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (look is null) return Execute(text, values);
        Run(look, $"{text}; {look.Text}", out int found, [.. values, .. look.Parameters]);
        return found;
    }

    /// <summary>Runs a look by itself.</summary>
    public void Execute(LookQuery look) => Run(look, look.Text, out _, look.Parameters);

    /// <summary>Runs a script that the session has prepared.</summary>
    /// <param name="script">The script.</param>
    /// <param name="look">What shares the round trip, or null.</param>
    /// <param name="before">What is run before it, each statement with its semicolon.</param>
    /// <param name="values">The parameters.</param>
    /// <returns>Whether the change was made.</returns>
    public bool ExecutePrepared(
        TrialScript script, LookQuery? look, string before, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        string after = look is { IsForNewer: false } ? $"; {look.Text}" : "";
        bool isDone = Run(
            look, before + script.Execution + after, out _, [.. values, .. look?.Parameters ?? LookQuery.NoParameters]);
        look?.Conclude();
        return isDone;
    }

    /// <summary>Inserts a row.</summary>
    /// <returns>The key that the server gave it.</returns>
    public long Insert(string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using MySqlCommand command = Command(text, values);
        command.ExecuteNonQuery();
        return command.LastInsertedId;
    }

    /// <returns>The first row's first value, or null.</returns>
    public object? Scalar(string text, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Read(text, reader => reader.Read() && !reader.IsDBNull(0) ? reader.GetValue(0) : null, values);

    /// <summary>A key, or null.</summary>
    public long? Key(string text, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Scalar(text, values) is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    public List<T> Rows<T>(Func<MySqlDataReader, T> row, string text, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Read(text, reader => reader.Rows(row), values);

    // Whether no script among the statements has refused its change.
    private bool Run(LookQuery? look, string text, out int found, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        bool isDone = true;
        using MySqlCommand command = Command(text, values);
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

    private MySqlCommand Command(string text, ReadOnlySpan<(string Name, object? Value)> values)
    {
        CheckSize(text, values);
        var command = new MySqlCommand(text, _connection) { CommandTimeout = NoLimit };
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    // A packet that is too large ends the connection, as a network that is gone does, and would be sent again and again.
    private void CheckSize(string text, ReadOnlySpan<(string Name, object? Value)> values)
    {
        long characters = text.Length + PacketOverhead;
        foreach (var (_, value) in values) characters += value is string longest ? longest.Length : PacketOverhead;
        if (characters * BytesPerCharacter < PacketLimit) return;
        long bytes = Encoding.UTF8.GetByteCount(text) + PacketOverhead;
        foreach (var (_, value) in values)
        {
            bytes += value is string given
                ? Encoding.UTF8.GetByteCount(given) + given.Count(character => character is '\'' or '"' or '\\')
                : PacketOverhead;
        }

        if (bytes >= PacketLimit)
        {
            throw new StorageFault(
                $"A change of {bytes} bytes is larger than the {PacketLimit} that the server takes in one packet. Store large " +
                "data as an artifact, or raise the server's max_allowed_packet.");
        }
    }
}
