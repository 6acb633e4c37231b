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
        var target = new Target(
            [.. columns.Select(column => column.Position)], [.. columns.Select(column => column.Cells)], lines, bad);
        using StreamReader content = text.Open();
        using SepReader reader = dialect.Read(content);
        bool isHeader = true;
        foreach (SepReader.Row row in reader)
        {
            if (isHeader) isHeader = IsBlank(row);
            else if (row.ColCount == width && row.LineNumberToExcl - row.LineNumberFrom == 1 && width > 1)
                target.Add(row, row.LineNumberFrom + dialect.SkippedLines);
            else
                ReadOther(row, target);
        }
    }

    /// <summary>Reads a row that is not plainly one of a line with as many fields as the header has.</summary>
    private void ReadOther(SepReader.Row row, Target target)
    {
        // A quote that stays open takes the end of the file's last line into its field: no line follows it.
        int first = row.LineNumberFrom + dialect.SkippedLines;
        int behindLast = row.LineNumberToExcl + dialect.SkippedLines - (row.Span is [.., '\n' or '\r'] ? 1 : 0);
        if (IsBlank(row))
            target.Bad?.AddBlank(first);
        else if (behindLast - first > 1 && HasLoneQuote(row, out bool isWithinFields))
            ReadLoneQuote(row, first, behindLast, isWithinFields, target);
        else if (row.ColCount == width)
            target.Add(row, first);
        else
            target.Bad?.Add(first, behindLast, WrongWidth(row.ColCount));
    }

    /// <summary>
    /// A lone quote joins lines up to the next one. Where quotes stand within fields only, as in 5" and 3", they are
    /// characters, and the lines are rows; else nothing is read of them.
    /// </summary>
    private void ReadLoneQuote(SepReader.Row row, int first, int behindLast, bool isWithinFields, Target target)
    {
        if (!isWithinFields)
        {
            target.Bad?.Add(first, behindLast, "has a quote that is not closed");
            return;
        }

        using SepReader reader = dialect.ReadWithoutQuotes(row.Span.ToString());
        foreach (SepReader.Row line in reader)
        {
            int number = first + line.LineNumberFrom - 1;
            if (IsBlank(line)) target.Bad?.AddBlank(number);
            else if (line.ColCount == width) target.Add(line, number);
            else target.Bad?.Add(number, number + 1, WrongWidth(line.ColCount));
        }
    }

    private bool HasLoneQuote(SepReader.Row row, out bool isWithinFields)
    {
        bool hasLone = false;
        isWithinFields = true;
        for (int column = 0; column < row.ColCount; column++)
        {
            ReadOnlySpan<char> field = row[column].Span;
            hasLone |= !CsvField.IsWellFormed(field);
            isWithinFields &= !CsvField.HasQuoteAtStart(field, dialect.Separator);
        }
        return hasLone;
    }

    private string WrongWidth(int fields) =>
        $"has {fields} {(fields == 1 ? "field" : "fields")} where the header has {width}";

    private static bool IsBlank(SepReader.Row row) => row.ColCount == 1 && row.Span.IsWhiteSpace();

    /// <summary>What takes up the rows and the lines that are none.</summary>
    private sealed record Target(int[] Positions, ColumnCells[] Cells, Growing<int>? Lines, BadLines? Bad)
    {
        public void Add(SepReader.Row row, int line)
        {
            for (int column = 0; column < Cells.Length; column++)
                Cells[column].Add(CsvField.Text(row[Positions[column]].Span));
            Lines?.Add(line);
        }
    }
}
