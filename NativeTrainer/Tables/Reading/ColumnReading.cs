namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>A column whose cells are being read: as the kind that is given, or as the one that a sample shows first.</summary>
/// <param name="name">Its name.</param>
/// <param name="position">Its place in the file, from 0.</param>
/// <param name="given">Its kind, where it is known.</param>
internal sealed class ColumnReading(string name, int position, ColumnKind? given)
{
    private ColumnCells? _cells;
    private Levels? _levels;

    public string Name { get; } = name;

    public int Position { get; } = position;

    public ColumnKind? Given { get; } = given;

    public ColumnCells Cells
    {
        get => _cells ?? throw new InvalidOperationException($"Nothing of column {Name} is read yet.");
        set => (_cells, _levels) = (value, null);
    }

    /// <summary>The different texts, where the column was read as texts.</summary>
    public Levels Levels => _levels ??= new Levels((LevelCells)Cells);

    /// <summary>The cells to begin with.</summary>
    /// <param name="sample">Values of the column, without missing ones.</param>
    /// <param name="format">How numbers are written, as far as it is known.</param>
    /// <param name="capacity">How many cells are expected.</param>
    public ColumnCells First(IReadOnlyList<string> sample, NumberFormat format, int capacity)
    {
        var order = new DateOrder();
        foreach (string text in sample) order.Add(DateFormat.Parse(text));
        int numbers = sample.Count(text => format.IsNumber(text));
        bool isNumber = Given == ColumnKind.Number || (Given is null && ColumnCells.IsNearlyAll(numbers, sample.Count));
        bool isDate = Given == ColumnKind.Date || (Given is null && order.AreDates);
        return isNumber ? new NumberCells(format, capacity)
            : isDate ? new DateCells(order.IsDayFirst, capacity)
            : new LevelCells(capacity);
    }

    /// <summary>The cells to read instead where those that were read do not fit after all; null where they do.</summary>
    public ColumnCells? Next(NumberFormat format, int capacity) => Cells switch
    {
        NumberCells numbers when numbers.Format != format => new NumberCells(format, capacity),
        NumberCells { AreNumbers: false } when Given is null => new LevelCells(capacity),
        DateCells dates when Given is null && !dates.Order.AreDates => new LevelCells(capacity),
        DateCells dates when dates.IsDayFirst != dates.Order.IsDayFirst => new DateCells(dates.Order.IsDayFirst, capacity),
        _ => null,
    };

    /// <summary>How many of its numbers show which decimal mark.</summary>
    public NumberMarks Marks(NumberFormat format) => Cells switch
    {
        NumberCells numbers => numbers.Marks,
        LevelCells when Given is null => Levels.Marks(format),
        _ => default,
    };
}
