using System.Data;
using System.Data.Common;
using System.Globalization;

namespace Hpo.Interop.Tables;

/// <summary>
/// One session of a database, in calls that wait. Each command is one statement or several, and its answer is read to the
/// end: a later statement's error is the command's. Parameters are named @name in the text.
/// </summary>
internal class TableSession(DbConnection connection, SqlDialect sql)
{
    public SqlDialect Sql => sql;

    /// <summary>The bytes that one command may have: fewer trials are read at a time where that is little.</summary>
    public virtual long PacketLimit => int.MaxValue;

    /// <summary>Whether the connection is there, as far as the driver knows.</summary>
    public bool IsOpen => connection.State is ConnectionState.Open;

    /// <summary>Ends it, whatever state it is in: the database rolls back what it leaves open.</summary>
    public virtual void Close() => connection.Dispose();

    /// <summary>Runs a command.</summary>
    /// <param name="text">Its statements.</param>
    /// <param name="read">Reads the answer, as far as it is wanted.</param>
    /// <param name="values">The parameters.</param>
    /// <returns>What was read.</returns>
    public T Read<T>(string text, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using DbCommand command = Command(text, values);
        using DbDataReader reader = command.ExecuteReader();
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
        using DbCommand command = Command(text, values);
        return command.ExecuteNonQuery();
    }

    /// <returns>The first row's first value, or null.</returns>
    public object? Scalar(string text, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Read(text, reader => reader.Read() && !reader.IsDBNull(0) ? reader.GetValue(0) : null, values);

    /// <summary>A key or a count, or null.</summary>
    public long? Key(string text, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Scalar(text, values) is { } value ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    public List<T> Rows<T>(Func<DbDataReader, T> row, string text, params ReadOnlySpan<(string Name, object? Value)> values) =>
        Read(text, reader => reader.Rows(row), values);

    /// <summary>The attributes whose names begin in one way, each with its JSON.</summary>
    /// <param name="table">Their table.</param>
    /// <param name="column">The table's column of whose they are.</param>
    /// <param name="owner">The key in that column.</param>
    /// <param name="prefix">What their names begin with.</param>
    public IEnumerable<KeyValuePair<string, string>> Attributes(string table, string column, long owner, string prefix) =>
        Rows(
            row => row.Attribute(0, 1), $"SELECT `key`, value_json FROM {table} WHERE {column} = @owner AND `key` LIKE @like ESCAPE '!'",
            ("owner", owner), ("like", $"{prefix.Replace("!", "!!").Replace("%", "!%").Replace("_", "!_")}%"))
        // The database may compare without regard to case.
        .Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal));

    protected virtual DbCommand Command(string text, ReadOnlySpan<(string Name, object? Value)> values)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
