using System.Globalization;
using Hpo.NativeTrainer.Evaluation;
using Spectre.Console;

namespace Hpo.NativeTrainer.Commands;

/// <summary>The results of cross-validate for people.</summary>
internal static class CrossValidateReport
{
    public static void Write(IAnsiConsole console, GridSearchResult result, TimeSpan elapsed)
    {
        console.Write(Table(result));
        ScoredPair best = result.Best;
        console.WriteLine(Invariant(
            $"best: n_estimators {best.Parameters.NEstimators}, max_depth {best.Parameters.MaxDepth}, accuracy {Score(best)}"));
        console.WriteLine(Invariant($"test accuracy of the best pair: {result.TestAccuracy:F3}"));
        console.WriteLine(Invariant($"elapsed: {elapsed.TotalSeconds:F1} s"));
    }

    private static Table Table(GridSearchResult result)
    {
        int[] depths = [.. result.Pairs.Select(pair => pair.Parameters.MaxDepth).Distinct()];
        Table table = new Table()
            .Border(TableBorder.Simple)
            .Title("mean accuracy ± standard deviation by n_estimators (rows) and max_depth (columns)")
            .AddColumn(new TableColumn("").RightAligned().NoWrap());
        foreach (int depth in depths)
            table.AddColumn(new TableColumn(Invariant($"{depth}")).RightAligned().NoWrap().PadLeft(0).PadRight(1));

        foreach (IGrouping<int, ScoredPair> row in result.Pairs.GroupBy(pair => pair.Parameters.NEstimators))
        {
            Dictionary<int, ScoredPair> byDepth = row.ToDictionary(pair => pair.Parameters.MaxDepth);
            table.AddRow(
                [Invariant($"{row.Key}"), .. depths.Select(depth => byDepth.TryGetValue(depth, out ScoredPair? pair) ? Score(pair) : "")]);
        }

        return table;
    }

    private static string Score(ScoredPair pair) => Invariant($"{pair.Score.Mean:F3} ± {pair.Score.Std:F3}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
