using System.Data.Common;
using System.Globalization;

namespace Hpo.Interop.Tables;

/// <summary>Answers, and parts of statements.</summary>
internal static class Statements
{
    /// <summary>The rows of the reader's current result.</summary>
    public static List<T> Rows<T>(this DbDataReader reader, Func<DbDataReader, T> row)
    {
        var rows = new List<T>();
        while (reader.Read()) rows.Add(row(reader));
        return rows;
    }

    public static string? Text(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>An attribute: its key, which is Python's None where it is NULL, and its JSON.</summary>
    public static KeyValuePair<string, string> Attribute(this DbDataReader reader, int key, int json) =>
        KeyValuePair.Create(reader.Text(key) ?? "None", reader.Text(json) ?? "null");

    /// <summary>Keys as the inside of an SQL list.</summary>
    public static string List(IEnumerable<long> keys) =>
        string.Join(',', keys.Select(key => key.ToString(CultureInfo.InvariantCulture)));
}
