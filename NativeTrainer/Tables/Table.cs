namespace Hpo.NativeTrainer.Tables;

/// <summary>Typed columns of one length, as they were read from a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Columns">The columns, in the file's order; at least one.</param>
/// <param name="Notes">What a person should know of the reading, a sentence each: lines left out, values that did not fit their column.</param>
internal sealed record Table(string File, IReadOnlyList<TableColumn> Columns, IReadOnlyList<string> Notes)
{
    /// <summary>How many rows there are.</summary>
    public int RowCount => Columns[0].Count;

    /// <summary>The column of a name, or null.</summary>
    public TableColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);
}
