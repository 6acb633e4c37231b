namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>The texts that stand for a value that is not there, as pandas, R, SQL and spreadsheets write them.</summary>
internal static class MissingValues
{
    // Exact spellings only: "none" and "na" are also levels of categories.
    public static bool Contains(ReadOnlySpan<char> text) => text is
        "" or "NA" or "N/A" or "n/a" or "<NA>" or "#N/A" or "#NA" or
        "NaN" or "nan" or "-NaN" or "-nan" or "NaT" or
        "null" or "NULL" or "None" or "?" or
        "#DIV/0!" or "#VALUE!" or "#REF!" or "#NUM!" or "#NAME?" or "#NULL!";
}
