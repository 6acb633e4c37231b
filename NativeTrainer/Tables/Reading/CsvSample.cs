using Hpo.NativeTrainer.Data;
using nietras.SeparatedValues;

namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>The header of a CSV file and the values of its first rows.</summary>
internal sealed class CsvSample
{
    private const int Rows = 1000;

    private readonly List<string>[] _values;

    private CsvSample(string[] header)
    {
        Header = header;
        _values = [.. header.Select(_ => new List<string>())];
    }

    /// <summary>The fields of the first line.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Whether at least half of the names are numbers.</summary>
    public bool HeaderLooksLikeData
    {
        get
        {
            var format = new NumberFormat('.');
            int numbers = Header.Count(name => format.IsNumber(name) || DateFormat.Parse(name).IsDate);
            return numbers * 2 >= Header.Count;
        }
    }

    /// <exception cref="DataFileException">There is no header.</exception>
    public static CsvSample Read(string path, TextReader text, CsvDialect dialect)
    {
        using SepReader reader = dialect.Read(text);
        CsvSample? sample = null;
        int rows = 0;
        foreach (SepReader.Row row in reader)
        {
            if (row.ColCount == 1 && row.Span.IsWhiteSpace()) continue;
            if (sample is null) sample = new CsvSample(HeaderOf(path, row));
            else if (row.ColCount == sample.Header.Count) sample.Add(Fields(row));
            if (rows++ == Rows) break;
        }
        return sample ?? throw new DataFileException(path, "it is empty.", "Give a file with a header and rows.");
    }

    /// <summary>The first values of a column, without missing ones.</summary>
    public IReadOnlyList<string> Values(int position) => _values[position];

    /// <summary>The decimal mark that these values show.</summary>
    public char DecimalMark(char separator)
    {
        var marks = new NumberMarks();
        var format = new NumberFormat('.');
        foreach (string value in _values.SelectMany(values => values)) marks.Add(format.MarksOf(value));
        return marks.Decide(separator);
    }

    private static string[] HeaderOf(string path, SepReader.Row row)
    {
        // A lone quote would make names of all lines up to the next one.
        bool isOnLines = row.Span.ContainsAny('\r', '\n');
        for (int column = 0; isOnLines && column < row.ColCount; column++)
        {
            if (CsvField.IsWellFormed(row[column].Span)) continue;
            throw new DataFileException(path, "its header has a quote that is not closed.", "Close the quote, or remove it.");
        }
        return Fields(row);
    }

    private void Add(string[] fields)
    {
        for (int position = 0; position < fields.Length; position++)
        {
            if (!MissingValues.Contains(fields[position])) _values[position].Add(fields[position]);
        }
    }

    private static string[] Fields(SepReader.Row row)
    {
        var fields = new string[row.ColCount];
        for (int position = 0; position < fields.Length; position++)
            fields[position] = CsvField.Text(row[position].Span).ToString();
        return fields;
    }
}
