using Hpo.NativeTrainer.Data;
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
        int next = 1 + dialect.SkippedLines;
        try
        {
            foreach (SepReader.Row row in reader)
            {
                int first = next; // Sep's own LineNumberFrom is wrong for the first row
                next = row.LineNumberToExcl + dialect.SkippedLines;
                if (isHeader) isHeader = SkipBlank(row, first, bad);
                else if (row.ColCount == width && next - first == 1 && width > 1)
                    target.Add(row, first);
                else
                    ReadOther(row, first, next, target);
            }
        }
        catch (NotSupportedException exception)
        {
            throw new DataFileException(
                text.File.Path, $"the row that begins in line {next} is longer than 16 million characters.",
                "Close the quote that is open there.", exception);
        }
    }

    /// <summary>Reads a row that is not plainly one of a line with as many fields as the header has.</summary>
    private void ReadOther(SepReader.Row row, int first, int next, Target target)
    {
        // A quote that stays open takes the end of the file's last line into its field: no line follows it.
        int behindLast = next - (row.Span is [.., '\n' or '\r'] ? 1 : 0);
        if (SkipBlank(row, first, target.Bad)) return;
        if (behindLast - first > 1 && HasLoneQuote(row, out bool isWithinFields))
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

        int lineNumber = 0;
        using SepReader reader = dialect.ReadWithoutQuotes(row.Span.ToString());
        foreach (SepReader.Row line in reader)
        {
            int number = first + lineNumber++;
            if (SkipBlank(line, number, target.Bad)) continue;
            if (line.ColCount == width) target.Add(line, number);
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

    private static bool SkipBlank(SepReader.Row row, int line, BadLines? bad)
    {
        if (row.ColCount > 1 || !row.Span.IsWhiteSpace()) return false;
        bad?.AddBlank(line);
        return true;
    }

    /// <summary>What takes up the rows and the lines that are none.</summary>
    private sealed record Target(int[] Positions, ColumnCells[] Cells, Growing<int>? Lines, BadLines? Bad)
    {
        public void Add(SepReader.Row row, int line)
        {
            for (int column = 0; column < Cells.Length; column++)
                Cells[column].AddField(row[Positions[column]].Span);
            Lines?.Add(line);
        }
    }
}
