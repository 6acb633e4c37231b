using Microsoft.ML;

namespace Hpo.NativeTrainer.Tables.Features;

/// <summary>Rows of a table for ML.NET, without a copy.</summary>
internal sealed class TableView : IDataView
{
    private readonly IReadOnlyList<RawColumn> _columns;
    private readonly int[] _rows;

    /// <param name="columns">The columns.</param>
    /// <param name="rows">The rows, by their numbers in the columns.</param>
    public TableView(IReadOnlyList<RawColumn> columns, int[] rows)
    {
        _columns = columns;
        _rows = rows;
        var schema = new DataViewSchema.Builder();
        foreach (RawColumn column in columns) schema.AddColumn(column.Name, column.Type);
        Schema = schema.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _rows.Length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new ArrayCursor(Schema, columnsNeeded, _rows.Length, Getter);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private Delegate Getter(int column, ArrayCursor cursor)
    {
        int[] rows = _rows;
        if (_columns[column].Numbers is { } numbers)
            return (ValueGetter<float>)((ref float value) => value = numbers(rows[cursor.Position]));
        Func<int, ReadOnlyMemory<char>> texts = _columns[column].Texts!;
        return (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = texts(rows[cursor.Position]));
    }
}
