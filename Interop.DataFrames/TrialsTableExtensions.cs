using Microsoft.Data.Analysis;

namespace Hpo.Interop.DataFrames;

/// <summary>The trials of a study for .NET's and others' tools of data analysis.</summary>
public static class TrialsTableExtensions
{
    /// <summary>
    /// The trials as a <see cref="DataFrame"/> with the table's columns. Durations are seconds (double); what a trial
    /// lacks is null.
    /// </summary>
    /// <param name="table">The trials.</param>
    public static DataFrame ToDataFrame(this TrialsTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new DataFrame(table.Columns.Select(Column));
    }

    /// <summary>
    /// Writes the trials as an Apache Parquet file of one row group. Durations are seconds (double); what a trial lacks is
    /// null.
    /// </summary>
    /// <param name="table">The trials; at least one.</param>
    /// <param name="stream">Where the file goes; it has to be seekable.</param>
    /// <param name="cancellation">Ends the writing.</param>
    /// <exception cref="InvalidOperationException">The table has no columns, and a Parquet file needs one.</exception>
    public static Task WriteParquetAsync(this TrialsTable table, Stream stream, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(stream);
        return ParquetFile.WriteAsync(table, stream, cancellation);
    }

    private static DataFrameColumn Column(TrialColumn column) => column.Type switch
    {
        var type when type == typeof(bool) => new BooleanDataFrameColumn(column.Name, Values<bool>(column)),
        var type when type == typeof(long) => new Int64DataFrameColumn(column.Name, Values<long>(column)),
        var type when type == typeof(double) => new DoubleDataFrameColumn(column.Name, Values<double>(column)),
        var type when type == typeof(DateTime) => new DateTimeDataFrameColumn(column.Name, Values<DateTime>(column)),
        var type when type == typeof(TimeSpan) => new DoubleDataFrameColumn(column.Name, Seconds(column)),
        _ => new StringDataFrameColumn(column.Name, Strings(column)),
    };

    internal static IEnumerable<T?> Values<T>(TrialColumn column)
        where T : struct => column.Values.Select(value => (T?)value);

    internal static IEnumerable<double?> Seconds(TrialColumn column) =>
        Values<TimeSpan>(column).Select(duration => duration?.TotalSeconds);

    internal static IEnumerable<string?> Strings(TrialColumn column) => column.Values.Select(value => (string?)value);
}
