namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>The values of a column that do not fit its kind: how many, and the first of them.</summary>
internal sealed class Misfits
{
    private const int Shown = 5;
    private const int MaximumLength = 40;

    private readonly List<(int Row, string Text)> _first = [];

    public int Count { get; private set; }

    public void Add(int row, ReadOnlySpan<char> text)
    {
        Count++;
        if (_first.Count < Shown) _first.Add((row, Shorten(text)));
    }

    /// <summary>A note that names them, if there are any.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="expected">What one of them should be, and what several should.</param>
    /// <param name="place">Where a row is in the file, such as "line 7".</param>
    public IEnumerable<string> Note(string column, (string One, string Several) expected, Func<int, string> place)
    {
        if (Count == 0) yield break;
        string values = Count == 1
            ? $"1 value that is not {expected.One} is"
            : $"{Count} values that are not {expected.Several} are";
        string more = Count > _first.Count ? ", …" : "";
        yield return $"Column \"{column}\": {values} read as missing: "
            + string.Join(", ", _first.Select(misfit => $"\"{misfit.Text}\" in {place(misfit.Row)}")) + $"{more}.";
    }

    private static string Shorten(ReadOnlySpan<char> text)
    {
        string line = text[..Math.Min(text.Length, MaximumLength)].ToString().ReplaceLineEndings(" ");
        return text.Length > MaximumLength ? line + "…" : line;
    }
}
