namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>The cells of a column that are read as numbers.</summary>
internal sealed class NumberCells(NumberFormat format, int capacity) : ColumnCells
{
    private readonly Growing<double> _values = new(capacity);
    private NumberMarks _marks;
    private int _missing;
    private int _infinite;

    public NumberFormat Format { get; } = format;

    public Misfits Misfits { get; } = new();

    public NumberMarks Marks => _marks;

    /// <summary>Whether nearly all values are numbers; infinities are, though no trainer can use them.</summary>
    public bool AreNumbers
    {
        get
        {
            int present = _values.Count - _missing;
            return IsNearlyAll(present - Misfits.Count + _infinite, present);
        }
    }

    // A plain number needs no look for quotes and space around it.
    public override void AddField(ReadOnlySpan<char> field) =>
        _values.Add(Format.TryParsePlain(field, out double value, ref _marks) ? value : ReadOther(CsvField.Text(field)));

    public override void Add(ReadOnlySpan<char> cell) =>
        _values.Add(Format.TryParsePlain(cell, out double value, ref _marks) ? value : ReadOther(cell));

    public double[] ToArray() => _values.ToArray();

    private double ReadOther(ReadOnlySpan<char> cell)
    {
        if (MissingValues.Contains(cell))
        {
            _missing++;
            return double.NaN;
        }

        bool isNumber = Format.TryParse(cell, out double value, ref _marks);
        if (isNumber && double.IsFinite(value)) return value;
        if (isNumber) _infinite++;
        Misfits.Add(_values.Count, cell);
        return double.NaN;
    }
}
