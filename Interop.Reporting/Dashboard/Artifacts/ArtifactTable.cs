using System.Text;
using Hpo.Interop.Tables;
using nietras.SeparatedValues;

namespace Hpo.Interop.Reporting.Dashboard.Artifacts;

/// <summary>The beginning of a table that is an artifact: at most 1,000 rows of its first 1,048,576 letters, and 100 columns.</summary>
/// <param name="Columns">The columns' names; an empty one where a row has more fields than the header.</param>
/// <param name="Rows">The rows' fields, which may be fewer than the columns; null for what a line of JSON does not have, or has as null.</param>
/// <param name="IsWhole">Whether this is all of it.</param>
internal sealed record ArtifactTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, bool IsWhole)
{
    private const int LongestText = 1 << 20;
    private const int MostRows = 1000;
    private const int MostColumns = 100;

    /// <summary>Whether a file is a table, by its name or its media type.</summary>
    public static bool Is(string fileName, string mediaType) =>
        IsLines(fileName) || Path.GetExtension(fileName).ToLowerInvariant() is ".csv" or ".tsv" || mediaType.ToLowerInvariant() is "text/csv" or "text/tab-separated-values";

    /// <summary>Reads fields in lines, with a header, or lines of JSON.</summary>
    /// <param name="content">The file.</param>
    /// <param name="fileName">Its name, whose ending says which of the two it is.</param>
    /// <exception cref="FormatException">A line is no JSON; the message says which.</exception>
    public static ArtifactTable Read(Stream content, string fileName)
    {
        using var reader = new StreamReader(content, Encoding.UTF8);
        char[] start = new char[LongestText + 1];
        int length = reader.ReadBlock(start);
        bool isWhole = length <= LongestText;
        string text = new(start, 0, Math.Min(length, LongestText));
        // What is cut off in the middle of a line is no row.
        if (!isWhole) text = text[..(text.LastIndexOf('\n') + 1)];
        return IsLines(fileName) ? OfJson(text, isWhole) : OfFields(text, SeparatorOf(text, fileName), isWhole);
    }

    private static bool IsLines(string fileName) => Path.GetExtension(fileName).ToLowerInvariant() is ".jsonl" or ".ndjson";

    // Of comma, semicolon and tab the one that is most often in the header, outside of quotes.
    private static char SeparatorOf(string text, string fileName)
    {
        if (Path.GetExtension(fileName).Equals(".tsv", StringComparison.OrdinalIgnoreCase)) return '\t';
        const string Separators = ",;\t";
        int[] counts = new int[Separators.Length];
        bool isQuoted = false;
        foreach (char letter in text)
        {
            if (letter == '"') isQuoted = !isQuoted;
            else if (letter == '\n' && !isQuoted) break;
            else if (!isQuoted && Separators.IndexOf(letter) is >= 0 and var which) counts[which]++;
        }
        return Separators[Array.IndexOf(counts, counts.Max())];
    }

    private static ArtifactTable OfFields(string text, char separator, bool isWhole)
    {
        bool endsWithinQuotes = !isWhole && text.AsSpan().Count('"') % 2 == 1;
        using SepReader reader = new Sep(separator)
            .Reader(options => options with { HasHeader = false, DisableColCountCheck = true, Unescape = true })
            .FromText(text);
        var rows = new List<IReadOnlyList<string?>>();
        foreach (SepReader.Row row in reader)
        {
            if (row.Span.IsWhiteSpace()) continue;
            if (rows.Count > MostRows) return Of(rows, isWhole: false);
            isWhole &= row.ColCount <= MostColumns;
            rows.Add(row[..Math.Min(row.ColCount, MostColumns)].ToStringsArray());
        }
        if (endsWithinQuotes) rows.RemoveAt(rows.Count - 1);
        return Of(rows, isWhole);
    }

    private static ArtifactTable Of(List<IReadOnlyList<string?>> lines, bool isWhole)
    {
        if (lines.Count == 0) return new ArtifactTable([], [], isWhole);
        int width = lines.Max(line => line.Count);
        return new ArtifactTable([.. lines[0].Select(name => name ?? ""), .. Enumerable.Repeat("", width - lines[0].Count)], lines[1..], isWhole);
    }

    /// <summary>Objects with their members in columns; what is no object has a column of its own.</summary>
    private static ArtifactTable OfJson(string text, bool isWhole)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<IReadOnlyList<string?>>();
        int number = 0;
        // Other ends of lines may be part of JSON's texts.
        foreach (Range place in text.AsSpan().Split('\n'))
        {
            ReadOnlySpan<char> line = text.AsSpan()[place];
            number++;
            if (line.IsWhiteSpace()) continue;
            if (rows.Count == MostRows) return new ArtifactTable([.. columns.Keys], rows, IsWhole: false);
            // Python's own, with NaN and the infinities.
            if (!PythonJson.TryParse(line.ToString(), out object? value)) throw new FormatException($"Line {number} is no JSON: download the file to see it.");
            var row = new List<string?>();
            if (value is not OrderedDictionary<string, object?> members) Put("", value);
            else
                foreach ((string name, object? member) in members) Put(name, member);
            rows.Add(row);

            void Put(string name, object? member)
            {
                if (!columns.TryGetValue(name, out int column))
                {
                    if (columns.Count == MostColumns)
                    {
                        isWhole = false;
                        return;
                    }
                    columns.Add(name, column = columns.Count);
                }
                while (row.Count <= column) row.Add(null);
                row[column] = member is null ? null : member as string ?? PythonJson.Write(member);
            }
        }
        return new ArtifactTable([.. columns.Keys], rows, isWhole);
    }
}
