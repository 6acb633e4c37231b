namespace Hpo.NativeTrainer.Tables;

/// <summary>A named column of a table; it is one of <see cref="NumberColumn"/>, <see cref="CategoryColumn"/> and <see cref="TextColumn"/>.</summary>
/// <param name="Name">Its name, which no other column of the table has.</param>
/// <param name="Kind">What it holds.</param>
internal abstract record TableColumn(string Name, ColumnKind Kind)
{
    /// <summary>How many rows it has.</summary>
    public abstract int Count { get; }

    /// <summary>Whether a row has no value.</summary>
    public abstract bool IsMissing(int row);

    /// <summary>In how many rows the value is missing.</summary>
    public int MissingCount => Enumerable.Range(0, Count).Count(IsMissing);
}

/// <summary>A column of numbers, or of dates: days since 1970-01-01, with the time as a fraction.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">The values; NaN is a missing one.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record NumberColumn(string Name, double[] Values, ColumnKind Kind = ColumnKind.Number) : TableColumn(Name, Kind)
{
    public override int Count => Values.Length;

    public override bool IsMissing(int row) => double.IsNaN(Values[row]);
}

/// <summary>A column of categories, or of booleans: then there are at most two levels, in the order no, yes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Codes">An index into the levels for each row; -1 is a missing value.</param>
/// <param name="Levels">The values that occur, each once, as they stand in the file, in ordinal order.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record CategoryColumn(string Name, int[] Codes, string[] Levels, ColumnKind Kind = ColumnKind.Category) : TableColumn(Name, Kind)
{
    public override int Count => Codes.Length;

    public override bool IsMissing(int row) => Codes[row] < 0;
}

/// <summary>A column of texts.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">The texts; null is a missing one.</param>
internal sealed record TextColumn(string Name, string?[] Values) : TableColumn(Name, ColumnKind.Text)
{
    public override int Count => Values.Length;

    public override bool IsMissing(int row) => Values[row] is null;
}
