using Parquet;
using Parquet.Schema;

namespace Hpo.Interop.DataFrames;

/// <summary>Writes trials in Apache Parquet's format.</summary>
internal static class ParquetFile
{
    public static async Task WriteAsync(TrialsTable table, Stream stream, CancellationToken cancellation)
    {
        if (table.Columns.Count == 0)
            throw new InvalidOperationException("The study has no trials yet, and a Parquet file needs at least one column.");
        DataField[] fields = [.. table.Columns.Select(Field)];
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(
            new ParquetSchema(fields), stream, cancellationToken: cancellation);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        foreach ((DataField field, TrialColumn column) in fields.Zip(table.Columns))
            await WriteAsync(group, field, column, cancellation);
        group.CompleteValidate();
    }

    private static DataField Field(TrialColumn column) => column.Type switch
    {
        var type when type == typeof(bool) => new DataField<bool?>(column.Name),
        var type when type == typeof(long) => new DataField<long?>(column.Name),
        var type when type == typeof(double) || type == typeof(TimeSpan) => new DataField<double?>(column.Name),
        var type when type == typeof(DateTime) => new DateTimeDataField(
            column.Name, DateTimeFormat.DateAndTimeMicros, isAdjustedToUTC: false, isNullable: true),
        _ => new DataField<string>(column.Name),
    };

    private static Task WriteAsync(
        ParquetRowGroupWriter group, DataField field, TrialColumn column, CancellationToken cancellation) => column.Type switch
        {
            var type when type == typeof(bool) => WriteAsync(group, field, TrialsTableExtensions.Values<bool>(column), cancellation),
            var type when type == typeof(long) => WriteAsync(group, field, TrialsTableExtensions.Values<long>(column), cancellation),
            var type when type == typeof(double) => WriteAsync(group, field, TrialsTableExtensions.Values<double>(column), cancellation),
            var type when type == typeof(DateTime) => WriteAsync(group, field, TrialsTableExtensions.Values<DateTime>(column), cancellation),
            var type when type == typeof(TimeSpan) => WriteAsync(group, field, TrialsTableExtensions.Seconds(column), cancellation),
            _ => group.WriteAsync(field, TrialsTableExtensions.Strings(column).ToArray()!),
        };

    private static Task WriteAsync<T>(
        ParquetRowGroupWriter group, DataField field, IEnumerable<T?> values, CancellationToken cancellation)
        where T : struct => group.WriteAsync<T>(field, values.ToArray(), cancellationToken: cancellation);
}
