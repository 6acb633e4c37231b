namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>The cells of a column that are read as dates.</summary>
/// <param name="isDayFirst">Whether 1/2/2024 is in February.</param>
/// <param name="capacity">How many cells are expected.</param>
internal sealed class DateCells(bool isDayFirst, int capacity) : ColumnCells
{
    private readonly Growing<double> _values = new(capacity);
    private DateOrder _order;

    public Misfits Misfits { get; } = new();

    public DateOrder Order => _order;

    public bool IsDayFirst => isDayFirst;

    public override void Add(ReadOnlySpan<char> cell)
    {
        if (MissingValues.Contains(cell))
        {
            _values.Add(double.NaN);
            return;
        }

        DateValue date = DateFormat.Parse(cell);
        _order.Add(date);
        double days = isDayFirst ? date.DayFirst : date.MonthFirst;
        if (double.IsNaN(days)) Misfits.Add(_values.Count, cell);
        _values.Add(days);
    }

    public double[] ToArray() => _values.ToArray();
}
