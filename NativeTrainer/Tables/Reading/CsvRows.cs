using nietras.SeparatedValues;

namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>Goes through the rows of a CSV file, once for each time that columns have to be read.</summary>
internal sealed class CsvRows(CsvText text, CsvDialect dialect, int width)
{
    /// <summary>Reads the cells of columns.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="lines">Gets the line on which each row begins, where it is wanted.</param>
    /// <param name="bad">Gets the lines that are left out, where they are wanted.</param>
    public void Read(IReadOnlyCollection<ColumnReading> columns, Growing<int>? lines = null, BadLines? bad = null)
    {
        int[] positions = [.. columns.Select(column => column.Position)];
        ColumnCells[] cells = [.. columns.Select(column => column.Cells)];
        using StreamReader content = text.Open();
        using SepReader reader = dialect.Read(content);
        bool isHeader = true;
        foreach (SepReader.Row row in reader)
        {
            if (row.ColCount == width && row.LineNumberToExcl - row.LineNumberFrom == 1 && !(width == 1 && IsBlank(row)))
            {
                if (isHeader) isHeader = false;
                else Add(row, positions, cells, lines);
            }
            else if (IsBlank(row))
            {
                bad?.AddBlank(row.LineNumberFrom + dialect.SkippedLines);
            }
            else if (isHeader)
            {
                isHeader = false;
            }
            else if (Problem(row) is { } problem)
            {
                bad?.Add(row.LineNumberFrom + dialect.SkippedLines, row.LineNumberToExcl + dialect.SkippedLines, problem);
            }
            else
            {
                Add(row, positions, cells, lines);
            }
        }
    }

    private void Add(SepReader.Row row, int[] positions, ColumnCells[] cells, Growing<int>? lines)
    {
        for (int column = 0; column < cells.Length; column++)
            cells[column].Add(CsvField.Text(row[positions[column]].Span));
        lines?.Add(row.LineNumberFrom + dialect.SkippedLines);
    }

    private string? Problem(SepReader.Row row)
    {
        // A lone quote would swallow the lines up to the next one: nothing is read of such a row.
        for (int column = 0; row.LineNumberToExcl - row.LineNumberFrom > 1 && column < row.ColCount; column++)
        {
            if (!CsvField.IsWellFormed(row[column].Span)) return "has a quote that is not closed";
        }
        if (row.ColCount == width) return null;
        return $"has {row.ColCount} {(row.ColCount == 1 ? "field" : "fields")} where the header has {width}";
    }

    private static bool IsBlank(SepReader.Row row) => row.ColCount == 1 && row.Span.IsWhiteSpace();
}
