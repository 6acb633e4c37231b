using System.Data.Common;
using System.Text;
using MySqlConnector;

namespace Hpo.Interop.Tables.MySql;

/// <summary>A session of MySQL or MariaDB: each command is one round trip.</summary>
internal sealed class MySqlSession : TableSession
{
    // What a character of a value may take at most in the packet: three bytes of UTF-8, or itself and a backslash.
    private const int BytesPerCharacter = 3;
    private const int PacketOverhead = 64;

    private readonly MySqlConnection _connection;
    private readonly int _timeout;
    private readonly Action? _onClosed;

    public MySqlSession(MySqlConnection connection, SqlDialect sql, int timeout, long packetLimit, Action? onClosed = null)
        : base(connection, sql)
    {
        _connection = connection;
        _timeout = timeout;
        _onClosed = onClosed;
        PacketLimit = packetLimit;
    }

    /// <summary>The bytes that the server takes in one packet: it closes the connection upon a larger one.</summary>
    public override long PacketLimit { get; }

    /// <summary>Whether it has prepared <see cref="TrialScripts.All"/>.</summary>
    public bool IsPrepared { get; set; }

    public string Database => _connection.Database;

    public bool IsMariaDb => _connection.ServerVersion.Contains("MariaDB", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override void Close()
    {
        try
        {
            _connection.Dispose();
        }
        catch (Exception error) when (MySqlErrors.IsDatabaseError(error) || error is InvalidOperationException)
        {
            // The connection was lost already.
        }

        _onClosed?.Invoke();
    }

    /// <param name="changes">What shares the round trip, or null.</param>
    /// <param name="text">The statements.</param>
    /// <param name="values">Their parameters.</param>
    /// <returns>The number of rows that the statements together found.</returns>
    public int Execute(ChangeQuery? changes, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (changes is null) return Execute(text, values);
        Run(changes, $"{text}; {changes.Text}", out int found, [.. values, .. changes.Parameters]);
        return found;
    }

    /// <summary>Runs a query for changes in a round trip of its own.</summary>
    public void Execute(ChangeQuery changes) => Run(changes, changes.Text, out _, changes.Parameters);

    /// <summary>Runs a script that the session has prepared.</summary>
    /// <param name="script">The script.</param>
    /// <param name="changes">What shares the round trip, or null.</param>
    /// <param name="before">What is run before it, each statement with its semicolon.</param>
    /// <param name="values">The parameters.</param>
    /// <returns>Whether the change was made.</returns>
    public bool ExecutePrepared(
        TrialScript script, ChangeQuery? changes, string before, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        string after = changes is { IsForNewer: false } ? $"; {changes.Text}" : "";
        bool isDone = Run(
            changes, before + script.Execution + after, out _, [.. values, .. changes?.Parameters ?? ChangeQuery.NoParameters]);
        changes?.Conclude();
        return isDone;
    }

    /// <summary>Inserts a row.</summary>
    /// <returns>The key that the server gave it.</returns>
    public long Insert(string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using DbCommand command = Command(text, values);
        command.ExecuteNonQuery();
        return ((MySqlCommand)command).LastInsertedId;
    }

    // Whether no script among the statements has refused its change.
    private bool Run(ChangeQuery? changes, string text, out int found, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        bool isDone = true;
        using DbCommand command = Command(text, values);
        using DbDataReader reader = command.ExecuteReader();
        do
        {
            if (reader.FieldCount == 1 && reader.GetName(0) == TrialScripts.RefusedColumn) isDone = false;
            else changes?.Take(reader);
        }
        while (reader.NextResult());

        found = reader.RecordsAffected;
        return isDone;
    }

    protected override DbCommand Command(string text, ReadOnlySpan<(string Name, object? Value)> values)
    {
        CheckSize(text, values);
        DbCommand command = base.Command(text, values);
        command.CommandTimeout = _timeout;
        return command;
    }

    // A packet that is too large ends the connection, as a network that is gone does, and would be retried in vain.
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
            throw new TableException(
                $"A change of {bytes} bytes is larger than the {PacketLimit} that the server takes in one packet. Store large " +
                "data as an artifact, or raise the server's max_allowed_packet.");
        }
    }
}
