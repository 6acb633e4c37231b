namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>The text of a field: without the quotes and the space around it.</summary>
internal static class CsvField
{
    private const char Quote = '"';

    /// <summary>The text of a field as it stands in the file; most are given back as they are.</summary>
    public static ReadOnlySpan<char> Text(ReadOnlySpan<char> field) =>
        field.Length > 0 && (field[0] <= Quote || field[^1] <= ' ' || field[0] >= '\u0080') ? Clean(field) : field;

    /// <summary>Whether quotes are where they belong: around a field, and doubled within it.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> field)
    {
        field = field.Trim(' ');
        if (!field.Contains(Quote)) return true;
        if (field.Length < 2 || field[0] != Quote || field[^1] != Quote) return false;
        for (ReadOnlySpan<char> rest = field[1..^1]; ;)
        {
            int quote = rest.IndexOf(Quote);
            if (quote < 0) return true;
            if (quote + 1 == rest.Length || rest[quote + 1] != Quote) return false;
            rest = rest[(quote + 2)..];
        }
    }

    /// <summary>Whether a quote begins the field, or what would be one were the quotes no quotes.</summary>
    public static bool HasQuoteAtStart(ReadOnlySpan<char> field, char separator)
    {
        bool isAtStart = true;
        foreach (char character in field)
        {
            if (isAtStart && character == Quote) return true;
            isAtStart = character == separator || character is '\n' or '\r' || (isAtStart && character == ' ');
        }
        return false;
    }

    private static ReadOnlySpan<char> Clean(ReadOnlySpan<char> field)
    {
        ReadOnlySpan<char> trimmed = field.Trim();
        if (trimmed.Length == 0 || trimmed[0] != Quote) return trimmed;
        ReadOnlySpan<char> inner = trimmed.Length > 1 && trimmed[^1] == Quote ? trimmed[1..^1] : trimmed[1..];
        return inner.Contains(Quote) ? inner.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : inner;
    }
}
