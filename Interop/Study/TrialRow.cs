namespace Hpo.Interop;

/// <summary>One row of a <see cref="TrialsTable"/>: one trial.</summary>
public readonly record struct TrialRow
{
    private readonly TrialsTable _table;
    private readonly int _index;

    internal TrialRow(TrialsTable table, int index) => (_table, _index) = (table, index);

    /// <summary>A value by its column's name; null where the trial has none.</summary>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public object? this[string column] => _table[column].Values[_index];

    /// <summary>A value as its column's type.</summary>
    /// <typeparam name="T">The column's <see cref="TrialColumn.Type"/>, or its nullable form.</typeparam>
    /// <param name="column">The column's name.</param>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    /// <exception cref="InvalidCastException">The column is of another type, or the trial has no value.</exception>
    public T Get<T>(string column) => this[column] switch
    {
        T value => value,
        null when default(T) is null => default!,
        var other => throw new InvalidCastException(
            $"The column '{column}' holds {_table[column].Type.Name}, and {(other is null ? "no value in this row" : $"'{other}' here")}: " +
            $"it is no {typeof(T).Name}."),
    };
}
