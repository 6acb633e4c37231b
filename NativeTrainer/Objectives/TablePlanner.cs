using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Tables;
using Hpo.NativeTrainer.Tables.Features;
using Hpo.NativeTrainer.Tables.Models;
using Hpo.NativeTrainer.Tables.Reading;
using Hpo.NativeTrainer.Tables.Space;
using Hpo.NativeTrainer.Tables.Training;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>Reads a table and decides what is trained on which rows.</summary>
internal static class TablePlanner
{
    /// <exception cref="DataFileException">A file cannot be read, or its columns cannot be used so.</exception>
    /// <exception cref="UserError">The options contradict each other, or the table.</exception>
    public static TablePlan Plan(TableOptions options)
    {
        TableColumnUses.Check(options);
        Table table = TableReader.Read(options.Data, ReadOptions(options));
        var target = TableTarget.Of(table, options.Target, TaskOf(options.Task));
        List<string> notes = [.. table.Notes];
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => !float.IsNaN(target.Values[row]))];
        if (rows.Length < table.RowCount)
            notes.Add($"{table.RowCount - rows.Length} rows have no value in '{target.Name}', and are left out.");

        TableColumn? group = options.Group is null ? null : Required(table, options.Group);
        double[]? order = options.Order is null ? null : OrderOf(table, options.Order, rows);
        TableColumn[] columns = [.. FeatureColumns(table, options, notes)];
        if (columns.Length == 0)
            throw new DataFileException(table.File, "no column is left to predict from.", "Add columns, or ignore fewer.");
        if (RawColumn.Clash(columns) is { } clash) throw new DataFileException(table.File, clash, "Rename it, or --ignore it.");

        int[]? strata = target.Task is TableTask.Regression ? null : [.. target.Values.Select(value => float.IsNaN(value) ? -1 : (int)value)];
        var splits = new TableSplits(strata, group?.Groups(), order, (ulong)options.SplitSeed);
        Table testTable = table;
        float[] testValues = target.Values;
        var parted = new Fold(rows, []);
        if (options.Test is { } file)
        {
            testTable = TableReader.Read(file, ReadOptions(options) with
            {
                Kinds = table.Columns.ToDictionary(column => column.Name, column => column.Kind),
                OnlyKnown = true,
            });
            if (columns.FirstOrDefault(column => testTable.Find(column.Name) is null) is { } lacking)
                throw new DataFileException(file, $"it has no column '{lacking.Name}'.", "A test file needs the columns of --data.");
            testTable = testTable with { Columns = [.. testTable.Columns.Select(column => column.SpelledAs((table.Find(column.Name) as CategoryColumn)?.Levels))] };
            testValues = target.Of(testTable).Values;
            parted = new Fold(rows, [.. Enumerable.Range(0, testTable.RowCount).Where(row => !float.IsNaN(testValues[row]))]);
            notes.AddRange(testTable.Notes.Select(note => $"{Path.GetFileName(file)}: {note}"));
        }
        else if (options.TestSize > 0)
        {
            parted = Parted(() => splits.SetAside(rows, options.TestSize), "--test-size");
        }

        var plan = new TablePlan
        {
            Table = table,
            Target = target,
            Columns = columns,
            TestTable = testTable,
            TestValues = testValues,
            TestRows = parted.Validation,
            TrainRows = parted.Train,
            Folds = Parted(
                () => options.Validation is { } share ? [splits.SetAside(parted.Train, share)] : splits.Folds(parted.Train, options.Folds),
                options.Validation is null ? "--folds" : "--validation"),
            Metrics = MetricsOf(options, target),
            Models = ModelsOf(options, target),
            Space = options.Space is null ? null : SearchSpaceFile.Read(options.Space),
            Seed = (ulong)options.SplitSeed,
            Notes = notes,
        };
        CheckScores(plan, options.Validation is null ? "--folds" : "--validation", notes);
        if (plan.Space is not { } space) return plan;
        space.Check((plan with { Space = null }).SearchSpace());
        IReadOnlyList<string>? chosen = space.Find(TablePlan.ModelName)?.Choices([.. plan.Models.Select(model => model.Name)]);
        return chosen is null ? plan : plan with { Models = [.. plan.Models.Where(model => chosen.Contains(model.Name))] };
    }

    private static TableReadOptions ReadOptions(TableOptions options) => TableReadOptions.Of(options.Separator, options.DecimalSeparator) with
    {
        Ignore = options.Ignore ?? [],
        Kinds = (options.Categorical ?? []).Select(name => KeyValuePair.Create(name, ColumnKind.Category))
            .Concat((options.Text ?? []).Select(name => KeyValuePair.Create(name, ColumnKind.Text)))
            .DistinctBy(column => column.Key).ToDictionary(),
    };

    private static TableTask? TaskOf(string name) => name == "auto" ? null : Enum.Parse<TableTask>(name, ignoreCase: true);

    private static TableColumn Required(Table table, string name) => table.Find(name) ?? throw ColumnSelection.Unknown(
        table.File, name, [.. table.Columns.Select(column => column.Name)]);

    private static double[] OrderOf(Table table, string name, int[] rows)
    {
        if (Required(table, name) is not NumberColumn column)
            throw new DataFileException(table.File, $"--order: column '{name}' holds neither numbers nor dates.", "Choose another column.");
        int gaps = rows.Count(column.IsMissing);
        return gaps == 0 ? column.Values
            : throw new DataFileException(table.File, $"--order: column '{name}' has no value in {gaps} rows.", "Fill them, or remove the rows.");
    }

    private static IEnumerable<TableColumn> FeatureColumns(Table table, TableOptions options, List<string> notes)
    {
        foreach (TableColumn column in table.Columns)
        {
            if (column.Name == options.Target || column.Name == options.Group || column.Name == options.Order) continue;
            if (column is NumberColumn numbers && numbers.Values.Count(value => double.IsFinite(value) && float.IsNaN(RawColumn.Single(value))) is > 0 and var beyond)
                notes.Add($"Column '{column.Name}': {beyond} values beyond 3.4e38 count as missing.");
            if (column.Varies()) yield return column;
            else notes.Add($"Column '{column.Name}' is the same in all rows, and is not used.");
        }
    }

    private static TableMetric[] MetricsOf(TableOptions options, TableTarget target)
    {
        if (options.Metrics is not { Count: > 0 } names) return [TableMetric.DefaultOf(target.Task)];
        TableMetric[] metrics = [.. names.Distinct().Select(TableMetric.Find)];
        return metrics.FirstOrDefault(metric => !metric.Supports(target.Task)) is not { } wrong ? metrics
            : throw new UserError(
                $"--metric {wrong.Name}: a {target.Task.Described()} is scored by one of " +
                $"{string.Join(", ", TableMetric.All.Where(metric => metric.Supports(target.Task)).Select(metric => metric.Name))}.");
    }

    private static ITableModel[] ModelsOf(TableOptions options, TableTarget target)
    {
        if (options.Models is not { Count: > 0 } names) return [.. TableModels.All.Where(model => model.Supports(target))];
        ITableModel[] models = [.. names.Distinct().Order(StringComparer.Ordinal).Select(TableModels.Find)];
        return models.FirstOrDefault(model => !model.Supports(target)) is not { } wrong ? models
            : throw new UserError($"--models {wrong.Name}: it cannot learn '{target.Name}' as a {target.Task.Described()}. {wrong.Name switch
            {
                "lbfgs" => "Its regression is Poisson's, of numbers that are not negative.",
                _ => $"Choose out of {string.Join(", ", TableModels.All.Where(model => model.Supports(target)).Select(model => model.Name))}.",
            }}");
    }

    // A study whose every trial fails, hours later, helps nobody.
    private static void CheckScores(TablePlan plan, string option, List<string> notes)
    {
        if (plan.Metrics.FirstOrDefault(metric => metric.NeedsClasses) is not { } metric) return;
        static bool IsOfOneClass(float[] values, int[] rows) => rows.Select(row => values[row]).Distinct().Take(2).Count() < 2;
        foreach ((int index, Fold fold) in plan.Folds.Index())
        {
            if (!IsOfOneClass(plan.Target.Values, fold.Validation)) continue;
            string place = plan.Folds.Count == 1 ? "the validation" : FormattableString.Invariant($"fold {index}");
            throw new UserError(
                $"--metric {metric.Name}: the rows of {place} are of one class, and have no {metric.Title}. Choose another --metric or {option}, or add rows of the rarer classes.");
        }

        if (plan.TestRows.Length > 0 && IsOfOneClass(plan.TestValues, plan.TestRows))
            notes.Add($"The test's rows are of one class, and have no {metric.Title}: 'results --evaluate' will say NaN.");
    }

    private static T Parted<T>(Func<T> split, string option)
    {
        try
        {
            return split();
        }
        catch (ArgumentException error)
        {
            throw new UserError($"{option}: {error.Message.Split(" (Parameter")[0]} Choose another {option}, or add rows.");
        }
    }
}
