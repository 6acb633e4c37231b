using System.Globalization;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Tables.Reading;

namespace Hpo.NativeTrainer.Tables;

/// <summary>The column that is to be predicted, as trainers want it.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Task">What is predicted of it.</param>
/// <param name="Values">For a regression the number of each row, else the index of its class; NaN where the table has none.</param>
/// <param name="Classes">The classes' names, in the order of their values or levels; empty for a regression. Of two, the second is the positive one.</param>
internal sealed record TableTarget(string Name, TableTask Task, float[] Values, IReadOnlyList<string> Classes)
{
    // A column of so few whole numbers holds classes more often than a quantity.
    private const int MostNumberedClasses = 20;
    private const int MostClasses = 1000;

    /// <summary>How many values a prediction has: one for a regression, else a probability for each class.</summary>
    public int Outputs => Task is TableTask.Regression ? 1 : Classes.Count;

    /// <summary>The target of a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="name">The column to predict.</param>
    /// <param name="task">The task, or null to infer it.</param>
    /// <exception cref="DataFileException">The column is not there, or cannot be the target of the task.</exception>
    public static TableTarget Of(Table table, string name, TableTask? task)
    {
        TableColumn column = Column(table, name);
        return Read(table.File, column, task ?? Infer(column)).Checked(table.File);
    }

    /// <summary>The target of other rows, for example those of a test file, with the classes of this one.</summary>
    /// <exception cref="DataFileException">The column is not there, or has a class that this one does not know.</exception>
    public TableTarget Of(Table table)
    {
        TableTarget other = Read(table.File, Column(table, Name), Task);
        other.CheckValues(table.File);
        if (Task is TableTask.Regression) return other;
        int[] codes = [.. other.Classes.Select(known => Classes.ToList().IndexOf(known))];
        if (Array.IndexOf(codes, -1) is >= 0 and var unknown)
            throw new DataFileException(table.File, $"column '{Name}' has the class '{other.Classes[unknown]}', which the training rows do not have.", "Add rows of that class, or remove it.");
        return this with { Values = [.. other.Values.Select(value => float.IsNaN(value) ? value : codes[(int)value])] };
    }

    private static TableColumn Column(Table table, string name) =>
        table.Find(name) ?? throw ColumnSelection.Unknown(table.File, name, [.. table.Columns.Select(column => column.Name)]);

    private static TableTarget Read(string file, TableColumn column, TableTask task) => (column, task) switch
    {
        (NumberColumn { Kind: ColumnKind.Number } numbers, TableTask.Regression) =>
            new TableTarget(column.Name, task, [.. numbers.Values.Select(value => (float)value)], []),
        (NumberColumn { Kind: ColumnKind.Number } numbers, _) => OfNumbers(numbers, task),
        (CategoryColumn categories, not TableTask.Regression) => new TableTarget(
            column.Name, task, [.. categories.Codes.Select(code => code < 0 ? float.NaN : code)], categories.Levels),
        (TextColumn texts, not TableTask.Regression) => OfTexts(texts, task),
        _ => throw new DataFileException(
            file, $"column '{column.Name}' holds {Described(column)}, which cannot be the target of a {task.Described()}.",
            "Choose another --target or --task."),
    };

    private TableTarget Checked(string file)
    {
        CheckValues(file);
        if (Values.Where(value => !float.IsNaN(value)).Distinct().Take(2).Count() < 2)
            throw new DataFileException(file, $"column '{Name}' has the same value in all rows, and there is nothing to predict.", "Choose another --target.");
        if (Task is TableTask.Binary && Classes.Count != 2)
            throw new DataFileException(file, $"column '{Name}' has {Classes.Count} values, and a binary task needs two.", "Choose --task multiclass, or another --target.");
        return Classes.Count > MostClasses
            ? throw new DataFileException(file, $"column '{Name}' has {Classes.Count} classes; {MostClasses} are the most.", "Choose another --target, or --task regression where they are numbers.")
            : this;
    }

    private void CheckValues(string file)
    {
        if (Values.All(float.IsNaN)) throw new DataFileException(file, $"column '{Name}' has no value in any row.", "Choose another --target.");
        if (Values.Any(float.IsInfinity)) throw new DataFileException(file, $"column '{Name}' has a value beyond 3.4e38.", "Scale it.");
    }

    private static TableTask Infer(TableColumn column) => column switch
    {
        NumberColumn { Kind: ColumnKind.Number } numbers => InferOfNumbers(numbers.Values),
        CategoryColumn { Levels.Length: <= 2 } => TableTask.Binary,
        TextColumn texts when texts.Values.OfType<string>().Distinct().Count() <= 2 => TableTask.Binary,
        _ => TableTask.Multiclass,
    };

    private static TableTask InferOfNumbers(double[] values)
    {
        var distinct = new HashSet<double>();
        foreach (double value in values)
        {
            if (double.IsNaN(value)) continue;
            if (value != Math.Floor(value) || (distinct.Add(value) && distinct.Count > MostNumberedClasses)) return TableTask.Regression;
        }

        // Few rows have few values whatever they mean.
        return distinct.Count == 2 ? TableTask.Binary : distinct.Count * 5 > values.Length ? TableTask.Regression : TableTask.Multiclass;
    }

    private static TableTarget OfNumbers(NumberColumn column, TableTask task)
    {
        double[] distinct = [.. column.Values.Where(value => !double.IsNaN(value)).Distinct().Order()];
        Dictionary<double, int> codes = distinct.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return new TableTarget(
            column.Name, task, [.. column.Values.Select(value => double.IsNaN(value) ? float.NaN : codes[value])],
            [.. distinct.Select(value => value.ToString(CultureInfo.InvariantCulture))]);
    }

    private static TableTarget OfTexts(TextColumn column, TableTask task)
    {
        string[] distinct = [.. column.Values.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        Dictionary<string, int> codes = distinct.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return new TableTarget(column.Name, task, [.. column.Values.Select(value => value is null ? float.NaN : codes[value])], distinct);
    }

    private static string Described(TableColumn column) => column.Kind switch
    {
        ColumnKind.Number => "numbers",
        ColumnKind.Boolean => "booleans",
        ColumnKind.Category => "categories",
        ColumnKind.Date => "dates",
        _ => "texts",
    };
}
