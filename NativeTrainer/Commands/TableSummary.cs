using System.Globalization;
using Hpo.NativeTrainer.Tables;
using Hpo.NativeTrainer.Tables.Space;
using Hpo.NativeTrainer.Tables.Training;
using Spectre.Console;
using TableColumn = Hpo.NativeTrainer.Tables.TableColumn;

namespace Hpo.NativeTrainer.Commands;

/// <summary>What was read and inferred of a table, for people, before anything runs.</summary>
internal static class TableSummary
{
    private const int MostLevelsShown = 4;

    public static void Write(IAnsiConsole console, TablePlan plan)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plan.Table.File}: {plan.Table.RowCount} rows, {plan.Table.Columns.Count} columns"));
        var grid = new Grid().AddColumn().AddColumn().AddColumn().AddColumn();
        foreach (TableColumn column in plan.Table.Columns)
        {
            int missing = column.MissingCount;
            grid.AddRow(
                Markup.Escape($"  {column.Name}"),
                Markup.Escape(column.Name == plan.Target.Name ? $"target, {Kind(column)}" : plan.Columns.Contains(column) ? Kind(column) : $"{Kind(column)}, no feature"),
                missing == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{missing} missing"),
                Markup.Escape(Values(column)));
        }

        console.Write(grid);
        foreach (string note in plan.Notes) console.WriteLine($"note: {note}");
        string classes = plan.Target.Task is TableTask.Regression ? "" : $" of {plan.Target.Classes.Count} classes";
        console.WriteLine(
            $"task: {plan.Target.Task.ToString().ToLowerInvariant()}{classes}, scored by {string.Join(" and ", plan.Metrics.Select(metric => metric.Title))}; " +
            $"models: {string.Join(", ", plan.Models.Select(model => model.Name))}");
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"rows: {plan.TrainRows.Length} to train and validate ({(plan.Folds.Count == 1 ? "one split" : $"{plan.Folds.Count} folds")}), {plan.TestRows.Length} set aside for the test"));
    }

    public static void WriteSpace(IAnsiConsole console, TablePlan plan)
    {
        console.WriteLine("search space:");
        foreach (Hyperparameter one in plan.SearchSpace())
        {
            string range = one.Choices.Count > 0 ? string.Join(", ", one.Choices)
                : string.Create(CultureInfo.InvariantCulture, $"{one.Low} to {one.High}{(one.IsLog ? ", log" : "")}; default {one.Default}");
            console.WriteLine($"  {one.Name}: {range}");
        }
    }

    private static string Kind(TableColumn column) => column.Kind.ToString().ToLowerInvariant();

    private static string Values(TableColumn column) => column switch
    {
        NumberColumn { Kind: ColumnKind.Date } dates when dates.Values.Any(value => !double.IsNaN(value)) =>
            $"{Date(dates.Values.Where(value => !double.IsNaN(value)).Min())} to {Date(dates.Values.Where(value => !double.IsNaN(value)).Max())}",
        NumberColumn numbers when numbers.Values.Any(value => !double.IsNaN(value)) =>
            $"{Number(numbers.Values.Where(value => !double.IsNaN(value)).Min())} to {Number(numbers.Values.Where(value => !double.IsNaN(value)).Max())}",
        CategoryColumn { Levels.Length: > MostLevelsShown } categories =>
            string.Create(CultureInfo.InvariantCulture, $"{categories.Levels.Length} levels: {string.Join(", ", categories.Levels.Take(MostLevelsShown))}, …"),
        CategoryColumn categories => string.Join(", ", categories.Levels),
        _ => "",
    };

    private static string Number(double value) => value.ToString(
        value == 0 || Math.Abs(value) is >= 1e-3 and < 1e15 ? "0.####" : "G6", CultureInfo.InvariantCulture);

    private static string Date(double days) => DateTime.UnixEpoch.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
