using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tables.Training;

/// <summary>
/// The permutation importance of a table's columns (Breiman, 2001; as scikit-learn's permutation_importance): how much worse the
/// model does on the test rows where a column's values are shuffled among them.
/// </summary>
internal static class TableImportance
{
    private const int Repeats = 5;

    // Each column is shuffled several times, and all features are made anew each time: of thousands, that would take hours.
    private const int MostColumns = 200;

    /// <summary>The importance of each column, in units of the plan's first metric, the most important first; none of a table with more than 200 columns.</summary>
    public static IReadOnlyList<(string Column, double Importance)> Of(TablePlan plan, TrainedTable model, CancellationToken cancellation)
    {
        if (plan.Columns.Count > MostColumns) return [];
        TableColumn[] columns = [.. plan.Columns.Select(column => plan.TestTable.Find(column.Name)!)];
        float[] actual = [.. plan.TestRows.Select(row => plan.TestValues[row])];
        TableMetric metric = plan.Metrics[0];
        double Score(IReadOnlyList<TableColumn> given) => metric.Score(model.Predict(given, plan.TestRows), actual);
        double whole = Score(columns);
        var random = new SeededRandom(plan.Seed);
        var result = new List<(string Column, double Importance)>();
        for (int index = 0; index < columns.Length; index++)
        {
            double sum = 0;
            for (int repeat = 0; repeat < Repeats; repeat++)
            {
                cancellation.ThrowIfCancellationRequested();
                int[] from = [.. plan.TestRows];
                random.Shuffle(from.AsSpan());
                TableColumn[] shuffled = [.. columns];
                shuffled[index] = Shuffled(columns[index], plan.TestRows, from);
                sum += metric.Maximized ? whole - Score(shuffled) : Score(shuffled) - whole;
            }

            result.Add((columns[index].Name, sum / Repeats));
        }

        return [.. result.OrderByDescending(column => column.Importance)];
    }

    private static TableColumn Shuffled(TableColumn column, int[] rows, int[] from) => column switch
    {
        NumberColumn numbers => numbers with { Values = Moved(numbers.Values, rows, from) },
        CategoryColumn categories => categories with { Codes = Moved(categories.Codes, rows, from) },
        TextColumn texts => texts with { Values = Moved(texts.Values, rows, from) },
        _ => throw new ArgumentException($"Column '{column.Name}' is of no known type.", nameof(column)),
    };

    private static T[] Moved<T>(T[] values, int[] rows, int[] from)
    {
        T[] moved = [.. values];
        for (int place = 0; place < rows.Length; place++) moved[rows[place]] = values[from[place]];
        return moved;
    }
}
