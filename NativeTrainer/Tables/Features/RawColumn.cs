using Microsoft.ML.Data;

namespace Hpo.NativeTrainer.Tables.Features;

/// <summary>A column as a saved model takes it: numbers as Single, all else as text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Numbers">The number of a row, or null for texts.</param>
/// <param name="Texts">The text of a row, or null for numbers; empty where it is missing.</param>
internal sealed record RawColumn(string Name, Func<int, float>? Numbers, Func<int, ReadOnlyMemory<char>>? Texts)
{
    /// <summary>What the names of columns between the table's and the features begin with.</summary>
    public const string Own = "hpo";

    public DataViewType Type => Numbers is null ? TextDataViewType.Instance : NumberDataViewType.Single;

    /// <summary>The columns that a table's column becomes: a date is six numbers, and all others are themselves.</summary>
    public static IEnumerable<RawColumn> Of(TableColumn column) => column switch
    {
        NumberColumn { Kind: ColumnKind.Date } dates => DateParts.Of(dates),
        NumberColumn numbers => [new RawColumn(column.Name, row => Single(numbers.Values[row]), null)],
        CategoryColumn categories => [new RawColumn(column.Name, null, TextsOf(categories))],
        TextColumn texts => [new RawColumn(column.Name, null, row => texts.Values[row].AsMemory())],
        _ => throw new ArgumentException($"Column '{column.Name}' is of no known type.", nameof(column)),
    };

    /// <summary>A number as a feature: NaN is a missing one, and so is what a Single cannot hold.</summary>
    public static float Single(double value) => (float)value is var single && float.IsFinite(single) ? single : float.NaN;

    /// <summary>What is wrong with columns' names, a sentence, or null: a saved model tells its columns apart by their names alone.</summary>
    public static string? Clash(IReadOnlyList<TableColumn> columns)
    {
        if (columns.FirstOrDefault(column => column.Name.StartsWith($"{Own}.", StringComparison.Ordinal)) is { } own)
            return $"the name of column '{own.Name}' begins with '{Own}.', as those of a model's features do.";
        HashSet<string> names = [.. columns.Where(column => column.Kind is not ColumnKind.Date).Select(column => column.Name)];
        foreach (TableColumn date in columns.Where(column => column.Kind is ColumnKind.Date))
        {
            if (DateParts.Names(date.Name).FirstOrDefault(part => !names.Add(part)) is { } taken)
                return $"column '{taken}' has the name of a number that the date '{date.Name}' becomes.";
        }

        return null;
    }

    private static Func<int, ReadOnlyMemory<char>> TextsOf(CategoryColumn column)
    {
        ReadOnlyMemory<char>[] levels = [.. column.Levels.Select(level => level.AsMemory())];
        int[] codes = column.Codes;
        return row => codes[row] < 0 ? default : levels[codes[row]];
    }
}
