using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>
/// Reads a CSV file into typed columns: once, as the kinds that its beginning shows; columns that the whole file shows to be
/// of another kind are read once more. The result depends on all rows, not on their order.
/// </summary>
internal sealed class CsvTableReader
{
    private const int SampleLength = 1 << 18;

    private readonly TableReadOptions _options;
    private readonly CsvText _text;
    private readonly CsvDialect _dialect;
    private readonly CsvSample _sample;
    private readonly List<string> _notes = [];

    private CsvTableReader(TableFile file, TableReadOptions options)
    {
        if (options.Separator is { } separator && !CsvDialect.Allows(separator))
            throw new DataFileException(file.Path, $"\"{separator}\" cannot separate its fields.", "Use a comma, a semicolon, a tab or a bar.");
        _options = options;
        _text = CsvText.Examine(file);
        string beginning = ReadBeginning();
        _dialect = CsvDialect.Infer(beginning, options.Separator);
        _sample = CsvSample.Read(file.Path, new StringReader(beginning), _dialect);
    }

    /// <exception cref="DataFileException">It is no table that can be read.</exception>
    public static Table Read(TableFile file, TableReadOptions options) => new CsvTableReader(file, options).Read();

    private string Path => _text.File.Path;

    private Table Read()
    {
        if (_text.IsWindows1252) _notes.Add("The file is not valid UTF-8: it is read as Windows-1252 (Latin-1).");
        string[] names = HeaderNames.Clean(_sample.Header, _notes);
        List<ColumnReading> columns = ColumnSelection.Select(Path, names, _options);
        var rows = new CsvRows(_text, _dialect, names.Length);
        var lines = new Growing<int>(Capacity(names.Length));
        var bad = new BadLines(Path);
        NumberFormat format = ReadCells(columns, rows, lines, bad);
        bad.Check(lines.Count, _dialect.Separator);
        if (lines.Count == 0)
            throw new DataFileException(Path, "it has a header, but no rows.", "Give a file with rows below the header.");
        if (_sample.HeaderLooksLikeData)
            _notes.Add("The first line is taken for the names of the columns, but it looks like data: add a line with names.");
        var maker = new ColumnMaker(format, row => $"line {lines[row]}");
        TableColumn[] made = [.. columns.Select(maker.Make)];
        return new Table(Path, made, [.. _notes, .. bad.Notes(), .. maker.Notes]);
    }

    private NumberFormat ReadCells(List<ColumnReading> columns, CsvRows rows, Growing<int> lines, BadLines bad)
    {
        var format = new NumberFormat(_options.Decimal ?? _sample.DecimalMark(_dialect.Separator));
        int capacity = Capacity(_sample.Header.Count);
        foreach (ColumnReading column in columns)
            column.Cells = column.First(_sample.Values(column.Position), format, capacity);
        rows.Read(columns, lines, bad);
        char decimalMark = _options.Decimal ?? FindDecimalMark(columns, format);
        if (decimalMark != format.DecimalMark) format = new NumberFormat(decimalMark);

        // A column is read at most three times: with another decimal mark, and then as texts.
        while (true)
        {
            var again = new List<ColumnReading>();
            foreach (ColumnReading column in columns)
            {
                if (column.Next(format, lines.Count) is not { } next) continue;
                column.Cells = next;
                again.Add(column);
            }

            if (again.Count == 0) return format;
            rows.Read(again);
        }
    }

    private char FindDecimalMark(List<ColumnReading> columns, NumberFormat format)
    {
        var marks = new NumberMarks();
        foreach (ColumnReading column in columns) marks.Add(column.Marks(format));
        char mark = marks.Decide(_dialect.Separator);
        string name = mark == ',' ? "commas" : "points";
        if (marks.IsUnclear(_dialect.Separator))
            _notes.Add($"Numbers such as 1,234 may be thousands or fractions: they are read with decimal {name}, unless --decimal names the mark.");
        else if (mark == ',')
            _notes.Add("Numbers are read with decimal commas.");
        return mark;
    }

    /// <summary>How many rows there are at most: one ends with each line, and none is shorter than its separators.</summary>
    private int Capacity(int width) =>
        (int)Math.Min(Math.Min(_text.LineEnds, _text.Bytes / width + 1), Array.MaxLength / sizeof(double));

    /// <summary>The first lines, whole ones.</summary>
    private string ReadBeginning()
    {
        using StreamReader reader = _text.Open();
        char[] buffer = [];
        int length = 0, end = -1;
        while (length == buffer.Length && end < 0)
        {
            Array.Resize(ref buffer, Math.Max(SampleLength, length * 2));
            length += reader.ReadBlock(buffer.AsSpan(length));
            end = buffer.AsSpan(0, length).LastIndexOfAny('\n', '\r');
        }
        return new string(buffer, 0, length < buffer.Length ? length : end + 1);
    }
}
