using System.Globalization;
using MySqlConnector;

namespace Hpo.Interop.Storages.MySql;

/// <summary>
/// How a look finds a study's youngest trials: by HANDLER, which passes the optimizer and costs half as much as a SELECT, or by
/// SELECT where the server does not know it or the table has other columns than Optuna gives it.
/// </summary>
internal sealed class TrialScan
{
    private static readonly string[] TableColumns = [.. TrialRow.Columns.Split(", "), "study_id"];

    /// <summary>By SELECT.</summary>
    public static readonly TrialScan Select = new(null);

    // Where TrialRow's columns are in a row of the handler, which has the table's order.
    private readonly int[]? _places;

    private TrialScan(int[]? places) => _places = places;

    /// <summary>Finds out what the server can do.</summary>
    public static TrialScan Probe(MySqlSession session)
    {
        try
        {
            string[] names = session.Read(
                Handler("FIRST"),
                reader => Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray());
            return TableColumns.Order().SequenceEqual(names.Order())
                ? new TrialScan([.. TableColumns.Take(TrialRow.ColumnCount).Select(name => Array.IndexOf(names, name))])
                : Select;
        }
        catch (MySqlException) when (session.IsOpen)
        {
            CloseHandler(session);
            return Select;
        }
    }

    /// <summary>Statements that find trials of a study.</summary>
    /// <param name="study">The study's key.</param>
    /// <param name="first">The key from which on all are wanted.</param>
    /// <param name="others">The keys of others that are wanted.</param>
    public string Text(long study, long first, IReadOnlyList<long> others)
    {
        // A study's first look would pass all trials of other studies; SELECT may have an index for it.
        if (_places is not null && others.Count == 0 && first > 1)
            return Handler(string.Create(CultureInfo.InvariantCulture, $">= ({first}) WHERE study_id = {study} LIMIT {int.MaxValue}"));
        string text = string.Create(
            CultureInfo.InvariantCulture, $"SELECT {TrialRow.Columns} FROM trials WHERE study_id = {study} AND trial_id >= {first}");
        return others.Count == 0
            ? text
            : $"{text} UNION ALL SELECT {TrialRow.Columns} FROM trials WHERE trial_id IN ({Statements.List(others)})";
    }

    /// <summary>The rows of the reader's current result; null where it is one of another statement.</summary>
    public List<TrialRow>? Rows(MySqlDataReader reader) =>
        reader.FieldCount == TrialRow.ColumnCount ? reader.Rows(TrialRow.Read)
        : reader.FieldCount == TableColumns.Length ? reader.Rows(row => TrialRow.Read(row, _places!))
        : null;

    private static void CloseHandler(MySqlSession session)
    {
        try
        {
            session.Execute("HANDLER look CLOSE");
        }
        catch (MySqlException)
        {
            // It was not opened.
        }
    }

    // Closed at once: an open handler would keep others from changing the table.
    private static string Handler(string range) =>
        $"HANDLER trials OPEN AS look; HANDLER look READ `PRIMARY` {range}; HANDLER look CLOSE";
}
