using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tables.Features;

/// <summary>
/// Numbers for a category's levels by the target (Micci-Barreca, 2001), less the mean of all rows, so that 0 stands for a level
/// that was not there. A row that is trained on has the number that the other rows give its level: its own target is not in it.
/// </summary>
internal static class TargetEncoding
{
    // A level of so many rows is half way between its own mean and that of all.
    private const double Smoothing = 10;
    private const int Parts = 5;

    /// <summary>How many numbers a level becomes: of three classes or more one for each.</summary>
    public static int Width(TableTarget target) => target.Outputs > 2 ? target.Outputs : 1;

    /// <summary>The numbers of a category's levels.</summary>
    /// <param name="column">The category.</param>
    /// <param name="rows">The rows to learn from.</param>
    /// <param name="target">The target.</param>
    /// <param name="output">Which of the numbers, below <see cref="Width"/>.</param>
    public static float[] Learn(CategoryColumn column, IReadOnlyCollection<int> rows, TableTarget target, int output)
    {
        double mean = rows.Average(row => Value(target, row, output));
        double[] sums = new double[column.Levels.Length];
        double[] counts = new double[column.Levels.Length];
        foreach (int row in rows)
        {
            int code = column.Codes[row];
            if (code < 0) continue;
            sums[code] += Value(target, row, output) - mean;
            counts[code]++;
        }

        return [.. sums.Zip(counts, (sum, count) => (float)(sum / (count + Smoothing)))];
    }

    /// <summary>The numbers of the rows that are trained on, by the rows' numbers in the table.</summary>
    /// <param name="column">The category.</param>
    /// <param name="rows">The rows that are trained on.</param>
    /// <param name="target">The target.</param>
    /// <param name="output">Which of the numbers.</param>
    /// <param name="seed">Parts the rows.</param>
    public static float[] CrossFit(CategoryColumn column, int[] rows, TableTarget target, int output, ulong seed)
    {
        float[] values = new float[column.Count];
        int[] shuffled = [.. rows];
        new SeededRandom(seed).Shuffle(shuffled.AsSpan());
        for (int part = 0; part < Parts; part++)
        {
            float[] levels = Learn(column, [.. shuffled.Where((_, place) => place % Parts != part)], target, output);
            foreach (int row in shuffled.Where((_, place) => place % Parts == part))
                if (column.Codes[row] is >= 0 and var code) values[row] = levels[code];
        }

        return values;
    }

    private static double Value(TableTarget target, int row, int output) => target.Task switch
    {
        TableTask.Regression => target.Values[row],
        TableTask.Binary => target.Values[row],
        _ => target.Values[row] == output ? 1 : 0,
    };
}
