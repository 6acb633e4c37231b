using Microsoft.ML.Data;

namespace Hpo.NativeTrainer.Tables.Features;

/// <summary>A column as a saved model takes it: numbers as Single, all else as text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Numbers">The number of a row, or null for texts.</param>
/// <param name="Texts">The text of a row, or null for numbers; empty where it is missing.</param>
internal sealed record RawColumn(string Name, Func<int, float>? Numbers, Func<int, ReadOnlyMemory<char>>? Texts)
{
    public DataViewType Type => Numbers is null ? TextDataViewType.Instance : NumberDataViewType.Single;

    /// <summary>The columns that a table's column becomes: a date is five numbers, and all others are themselves.</summary>
    public static IEnumerable<RawColumn> Of(TableColumn column) => column switch
    {
        NumberColumn { Kind: ColumnKind.Date } dates => DateParts.Of(dates),
        NumberColumn numbers => [new RawColumn(column.Name, row => (float)numbers.Values[row], null)],
        CategoryColumn categories => [new RawColumn(column.Name, null, TextsOf(categories))],
        TextColumn texts => [new RawColumn(column.Name, null, row => texts.Values[row].AsMemory())],
        _ => throw new ArgumentException($"Column '{column.Name}' is of no known type.", nameof(column)),
    };

    private static Func<int, ReadOnlyMemory<char>> TextsOf(CategoryColumn column)
    {
        ReadOnlyMemory<char>[] levels = [.. column.Levels.Select(level => level.AsMemory())];
        int[] codes = column.Codes;
        return row => codes[row] < 0 ? default : levels[codes[row]];
    }
}
