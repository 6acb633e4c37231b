namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>What has been read of a column so far, cell after cell.</summary>
internal abstract class ColumnCells
{
    /// <summary>Adds a field as it stands in a CSV file.</summary>
    public virtual void AddField(ReadOnlySpan<char> field) => Add(CsvField.Text(field));

    public abstract void Add(ReadOnlySpan<char> cell);

    /// <summary>Whether so many values fit that the column is of this kind: 99 of 100.</summary>
    public static bool IsNearlyAll(long fitting, long present) => fitting * 100 >= present * 99;
}
