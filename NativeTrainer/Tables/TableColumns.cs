using Hpo.NativeTrainer.Tables.Reading;

namespace Hpo.NativeTrainer.Tables;

/// <summary>What columns are used for besides their values.</summary>
internal static class TableColumns
{
    /// <summary>A number for each row, equal where the column's values are; a row without a value is alone.</summary>
    public static int[] Groups(this TableColumn column)
    {
        Dictionary<object, int> numbers = [];
        int[] groups = new int[column.Count];
        for (int row = 0; row < groups.Length; row++)
        {
            if (column.IsMissing(row))
            {
                groups[row] = -1 - row;
                continue;
            }

            object value = column switch
            {
                NumberColumn given => given.Values[row],
                CategoryColumn given => given.Codes[row],
                TextColumn given => given.Values[row]!,
                _ => throw new ArgumentException($"Column '{column.Name}' is of no known type.", nameof(column)),
            };
            if (!numbers.TryGetValue(value, out groups[row])) numbers.Add(value, groups[row] = numbers.Count);
        }

        return groups;
    }

    /// <summary>The column as a model knows it, to which yes and true are one, as other files may spell a boolean.</summary>
    /// <param name="column">The column of another file.</param>
    /// <param name="levels">The levels that the model knows, or null where it is no boolean.</param>
    public static TableColumn SpelledAs(this TableColumn column, IReadOnlyList<string>? levels) =>
        levels is not null && column is CategoryColumn { Kind: ColumnKind.Boolean } booleans
            ? booleans with { Levels = [.. booleans.Levels.Select(level => levels.FirstOrDefault(one => BooleanWords.ParseKnown(one) == BooleanWords.ParseKnown(level), level))] }
            : column;

    /// <summary>Whether two rows differ in the column; a missing value differs from all others.</summary>
    public static bool Varies(this TableColumn column)
    {
        int missing = column.MissingCount;
        if (missing > 0) return missing < column.Count;
        return column switch
        {
            NumberColumn numbers => numbers.Values.Any(value => value != numbers.Values[0]),
            CategoryColumn categories => categories.Codes.Any(code => code != categories.Codes[0]),
            TextColumn texts => texts.Values.Any(text => text != texts.Values[0]),
            _ => true,
        };
    }
}
