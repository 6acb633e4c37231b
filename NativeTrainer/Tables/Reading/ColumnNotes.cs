namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>Notes on columns that no model learns from.</summary>
internal static class ColumnNotes
{
    private const int FewestRows = 20; // fewer numbers follow each other by chance

    public static IEnumerable<string> Of(TableColumn column)
    {
        string name = $"Column \"{column.Name}\"";
        if (!HasValue(column))
            yield return $"{name} has no values.";
        else if (HasOneValue(column))
            yield return $"{name} has one value only.";
        else if (IsNumbering(column) || IsKey(column))
            yield return $"{name} has another value in every row, as an identifier does: --ignore {column.Name} leaves it out.";
    }

    private static bool HasValue(TableColumn column) => column switch
    {
        CategoryColumn categories => categories.Levels.Length > 0,
        NumberColumn numbers => Array.Exists(numbers.Values, double.IsFinite),
        _ => Enumerable.Range(0, column.Count).Any(row => !column.IsMissing(row)),
    };

    private static bool HasOneValue(TableColumn column) => column switch
    {
        CategoryColumn categories => categories.Levels.Length == 1,
        NumberColumn numbers => HasOneNumber(numbers.Values),
        _ => false,
    };

    private static bool HasOneNumber(double[] values)
    {
        double first = Array.Find(values, double.IsFinite);
        return !Array.Exists(values, value => double.IsFinite(value) && value != first);
    }

    private static bool IsKey(TableColumn column) =>
        column is CategoryColumn { Kind: ColumnKind.Category } categories
        && categories.Count >= FewestRows && categories.Levels.Length == categories.Count;

    /// <summary>Whether the values are whole numbers that follow each other, in any order.</summary>
    private static bool IsNumbering(TableColumn column)
    {
        if (column is not NumberColumn { Kind: ColumnKind.Number, Count: >= FewestRows } numbers) return false;
        double least = double.PositiveInfinity;
        foreach (double value in numbers.Values)
        {
            if (value != Math.Floor(value)) return false; // NaN is no whole number either
            least = Math.Min(least, value);
        }

        var seen = new bool[numbers.Count];
        foreach (double value in numbers.Values)
        {
            double place = value - least;
            if (place >= seen.Length || seen[(int)place]) return false;
            seen[(int)place] = true;
        }
        return true;
    }
}
