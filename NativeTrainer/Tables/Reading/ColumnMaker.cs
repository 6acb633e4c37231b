namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>Makes columns of the cells that were read, and notes what a person should know of them.</summary>
/// <param name="format">How numbers are written.</param>
/// <param name="place">Where a row is in the file, such as "line 7".</param>
/// <param name="textsMayBeNumbers">Whether a column of texts that are numbers is one of numbers.</param>
internal sealed class ColumnMaker(NumberFormat format, Func<int, string> place, bool textsMayBeNumbers = true)
{
    private readonly List<string> _notes = [];

    /// <summary>How numbers are written.</summary>
    public NumberFormat Format { get; } = format;

    public IReadOnlyList<string> Notes => _notes;

    public TableColumn Make(ColumnReading reading)
    {
        TableColumn column = reading.Cells switch
        {
            NumberCells numbers => Noted(new NumberColumn(reading.Name, numbers.ToArray()), numbers.Misfits),
            DateCells dates => Dates(reading, dates.ToArray(), dates.Order, dates.Misfits),
            _ => FromLevels(reading, reading.Levels),
        };
        return WithNotes(reading, column);
    }

    /// <summary>Takes a column whose values are known.</summary>
    public TableColumn Note(ColumnReading reading, TableColumn column, Misfits misfits) =>
        WithNotes(reading, Noted(column, misfits));

    private TableColumn WithNotes(ColumnReading reading, TableColumn column)
    {
        if (reading.Given is null) _notes.AddRange(ColumnNotes.Of(column));
        return column;
    }

    private TableColumn FromLevels(ColumnReading reading, Levels levels)
    {
        var misfits = new Misfits();
        DateOrder order = reading.Given is null ? levels.DateOrder() : default;
        switch (reading.Given ?? Infer(levels, order))
        {
            case ColumnKind.Number:
                return Noted(
                    new NumberColumn(reading.Name, levels.Values(Number, double.NaN, double.IsFinite, misfits)), misfits);
            case ColumnKind.Date:
                double[] days = levels.Values(text => Date(text, order.IsDayFirst), double.NaN, double.IsFinite, misfits);
                return Dates(reading, days, order, misfits);
            case ColumnKind.Boolean:
                return Noted(levels.ToBooleans(reading.Name, misfits), misfits);
            case ColumnKind.Text:
                return levels.ToTexts(reading.Name);
            default:
                if (order.IsAmbiguous && ColumnCells.IsNearlyAll(order.Fitting, order.Present))
                    _notes.Add($"Column \"{reading.Name}\": its dates do not show whether days or months come first, so they are "
                        + "read as categories. Write them as 2024-01-31.");
                return levels.ToCategories(reading.Name);
        }
    }

    private ColumnKind Infer(Levels levels, DateOrder order)
    {
        if (levels.Present == 0) return ColumnKind.Number;
        if (levels.AreBooleans) return ColumnKind.Boolean;
        if (textsMayBeNumbers && ColumnCells.IsNearlyAll(levels.Sum(text => Format.IsNumber(text) ? 1 : 0), levels.Present))
            return ColumnKind.Number;
        if (order.AreDates) return ColumnKind.Date;
        return levels.AreTexts ? ColumnKind.Text : ColumnKind.Category;
    }

    private NumberColumn Dates(ColumnReading reading, double[] days, DateOrder order, Misfits misfits)
    {
        if (order.IsAmbiguous)
            _notes.Add($"Column \"{reading.Name}\": its dates do not show whether days or months come first, so 1/2/2024 is read "
                + "as the second of January. Write them as 2024-01-31.");
        return Noted(new NumberColumn(reading.Name, days, ColumnKind.Date), misfits);
    }

    private TColumn Noted<TColumn>(TColumn column, Misfits misfits)
        where TColumn : TableColumn
    {
        (string One, string Several) expected = column.Kind switch
        {
            ColumnKind.Date => ("a date", "dates"),
            ColumnKind.Boolean => ("yes or no", "yes or no"),
            _ => ("a finite number", "finite numbers"),
        };
        _notes.AddRange(misfits.Note(column.Name, expected, place));
        return column;
    }

    private double Number(string text)
    {
        var marks = new NumberMarks();
        return Format.TryParse(text, out double value, ref marks) ? value : double.NaN;
    }

    private static double Date(string text, bool isDayFirst)
    {
        DateValue date = DateFormat.Parse(text);
        return isDayFirst ? date.DayFirst : date.MonthFirst;
    }
}
