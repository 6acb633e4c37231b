namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>The words for no and yes, in any case.</summary>
internal static class BooleanWords
{
    private static readonly string[] No = ["no", "false", "n", "f"];
    private static readonly string[] Yes = ["yes", "true", "y", "t"];

    public static bool? Parse(ReadOnlySpan<char> text) =>
        IsOneOf(No, text) ? false : IsOneOf(Yes, text) ? true : null;

    /// <summary>What a column that is known to be a boolean may hold: the words, and 0 and 1.</summary>
    public static bool? ParseKnown(ReadOnlySpan<char> text) => text switch
    {
        "0" or "0.0" => false,
        "1" or "1.0" => true,
        _ => Parse(text),
    };

    private static bool IsOneOf(string[] words, ReadOnlySpan<char> text)
    {
        foreach (string word in words)
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
