using System.Data.Common;
using System.Globalization;
using MySqlConnector;

namespace Hpo.Interop.Tables.MySql;

/// <summary>
/// Finds a study's newest trials by HANDLER, which passes the optimizer and costs half as much as a SELECT; used where the
/// server knows it and the table has just the columns that Optuna gives it.
/// </summary>
internal sealed class HandlerScan : TrialScan
{
    private static readonly string[] TableColumns = [.. TrialHeader.Columns.Split(", "), "study_id"];

    // Where TrialHeader's columns are in a row of the handler, which has the table's order.
    private readonly int[] _ordinals;

    private HandlerScan(int[] ordinals) => _ordinals = ordinals;

    /// <summary>Finds out what the server can do.</summary>
    public static TrialScan Probe(TableSession session)
    {
        try
        {
            string[] names = session.Read(
                Handler("FIRST"), reader => Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray());
            return TableColumns.Order().SequenceEqual(names.Order())
                ? new HandlerScan([.. TableColumns.Take(TrialHeader.ColumnCount).Select(name => Array.IndexOf(names, name))])
                : Select;
        }
        catch (MySqlException) when (session.IsOpen)
        {
            CloseHandler(session);
            return Select;
        }
    }

    /// <inheritdoc/>
    public override string Text(long study, long first, IReadOnlyList<long> others) =>
        // A study's first read would pass all trials of other studies; SELECT may have an index for it.
        others.Count > 0 || first <= 1
            ? base.Text(study, first, others)
            : Handler(string.Create(CultureInfo.InvariantCulture, $">= ({first}) WHERE study_id = {study} LIMIT {int.MaxValue}"));

    /// <inheritdoc/>
    public override List<TrialHeader>? Headers(DbDataReader reader) => reader.FieldCount == TableColumns.Length
        ? reader.Rows(row => TrialHeader.Read(row, _ordinals))
        : base.Headers(reader);

    private static void CloseHandler(TableSession session)
    {
        try
        {
            session.Execute("HANDLER scan CLOSE");
        }
        catch (MySqlException)
        {
            // It was not opened.
        }
    }

    // Closed at once: an open handler would keep others from changing the table.
    private static string Handler(string range) =>
        $"HANDLER trials OPEN AS scan; HANDLER scan READ `PRIMARY` {range}; HANDLER scan CLOSE";
}
