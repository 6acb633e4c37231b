using System.Globalization;
using MySqlConnector;

namespace Hpo.Interop.Storages.MySql;

/// <summary>Answers, and parts of statements.</summary>
internal static class Statements
{
    /// <summary>The rows of the reader's current result.</summary>
    public static List<T> Rows<T>(this MySqlDataReader reader, Func<MySqlDataReader, T> row)
    {
        var rows = new List<T>();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }

    public static string? Text(this MySqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Keys as the inside of an SQL list.</summary>
    public static string List(IEnumerable<long> keys) =>
        string.Join(',', keys.Select(key => key.ToString(CultureInfo.InvariantCulture)));
}
