using nietras.SeparatedValues;

namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>What separates the fields of a file's lines, found in its beginning.</summary>
/// <param name="Separator">The separator.</param>
/// <param name="SkippedLines">How many lines precede the header: Excel's "sep=;" is one.</param>
internal sealed record CsvDialect(char Separator, int SkippedLines)
{
    private const string ExcelsLine = "sep=";
    private const int Rows = 1000;

    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <summary>Whether a character can separate fields: it must not be part of their values.</summary>
    public static bool Allows(char separator) => separator == '\t'
        || (separator is >= ' ' and <= '~' && !char.IsAsciiLetterOrDigit(separator) && !"\"#.-".Contains(separator));

    /// <param name="sample">The beginning of the text, of whole lines.</param>
    /// <param name="given">The separator, where it is known.</param>
    public static CsvDialect Infer(string sample, char? given)
    {
        if (sample.StartsWith(ExcelsLine, StringComparison.OrdinalIgnoreCase)
            && sample.AsSpan(ExcelsLine.Length).IndexOfAny('\r', '\n') == 1 && Allows(sample[ExcelsLine.Length]))
        {
            return new CsvDialect(given ?? sample[ExcelsLine.Length], SkippedLines: 1);
        }
        return new CsvDialect(given ?? Candidates.MaxBy(candidate => Score(sample, candidate)), SkippedLines: 0);
    }

    public SepReader Read(TextReader text)
    {
        for (int line = 0; line < SkippedLines; line++) text.ReadLine();
        return Open(text, Separator);
    }

    /// <summary>Reads lines in which a quote is a character as any other.</summary>
    public SepReader ReadWithoutQuotes(string lines) => Open(new StringReader(lines), Separator, isQuoted: false);

    private static SepReader Open(TextReader text, char separator, bool isQuoted = true) => new Sep(separator)
        .Reader(options => options with { HasHeader = false, DisableColCountCheck = true, DisableQuotesParsing = !isQuoted })
        .From(text);

    /// <summary>How many fields the header has by a separator, where the rows have as many.</summary>
    private static double Score(string sample, char separator)
    {
        using SepReader reader = Open(new StringReader(sample), separator);
        int width = 0, rows = 0, alike = 0;
        foreach (SepReader.Row row in reader)
        {
            if (row.Span.IsWhiteSpace() && separator != '\t') continue;
            if (width == 0) width = row.ColCount;
            rows++;
            if (row.ColCount == width) alike++;
            if (rows == Rows) break;
        }

        double share = rows == 0 ? 0 : (double)alike / rows;
        return share * share * (width - 1);
    }
}
