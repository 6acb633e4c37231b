using Microsoft.ML;
using Microsoft.ML.Data;

namespace Hpo.NativeTrainer.Tables.Features;

/// <summary>Goes through the rows of data that is in memory.</summary>
/// <param name="schema">The data's schema.</param>
/// <param name="needed">The columns that are asked for.</param>
/// <param name="count">How many rows there are.</param>
/// <param name="getter">Makes the getter of a column.</param>
internal sealed class ArrayCursor(
    DataViewSchema schema, IEnumerable<DataViewSchema.Column> needed, int count, Func<int, ArrayCursor, Delegate> getter) : DataViewRowCursor
{
    private readonly HashSet<int> _needed = [.. needed.Select(column => column.Index)];
    private int _position = -1;

    public override DataViewSchema Schema => schema;

    public override long Batch => 0;

    public override long Position => _position;

    public override bool IsColumnActive(DataViewSchema.Column column) => _needed.Contains(column.Index);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        getter(column.Index, this) as ValueGetter<TValue>
        ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}, and not {typeof(TValue)}.");

    public override bool MoveNext() => ++_position < count;
}
