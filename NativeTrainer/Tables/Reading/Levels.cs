namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>The different texts of a column with how often each occurs, from which its kind and its values follow.</summary>
internal sealed class Levels
{
    private const int FewLevels = 20;
    private const int RowsOfText = 5;
    private const int WordsOfText = 3;

    private readonly int[] _rows;
    private readonly string[] _texts;
    private readonly int[] _counts;

    public Levels(LevelCells cells)
    {
        _rows = cells.ToArray();
        _texts = [.. cells.Texts];
        _counts = new int[_texts.Length];
        foreach (int code in _rows)
        {
            if (code >= 0) _counts[code]++;
            if (code >= 0) Present++;
        }
    }

    public long Present { get; }

    public bool AreBooleans => _texts.Length > 0 && _texts.All(text => BooleanWords.Parse(text) is not null);

    /// <summary>
    /// Texts have three words or more on average, are of more than twenty kinds, and none of them occurs often: on average
    /// not five times.
    /// </summary>
    public bool AreTexts =>
        _texts.Length > FewLevels && (long)_texts.Length * RowsOfText > Present
        && Sum(Words) >= Present * WordsOfText;

    public long Sum(Func<string, long> ofText)
    {
        long sum = 0;
        for (int code = 0; code < _texts.Length; code++) sum += _counts[code] * ofText(_texts[code]);
        return sum;
    }

    public NumberMarks Marks(NumberFormat format)
    {
        var marks = new NumberMarks();
        for (int code = 0; code < _texts.Length; code++) marks.Add(format.MarksOf(_texts[code]), _counts[code]);
        return marks;
    }

    public DateOrder DateOrder()
    {
        var order = new DateOrder();
        for (int code = 0; code < _texts.Length; code++) order.Add(DateFormat.Parse(_texts[code]), _counts[code]);
        return order;
    }

    /// <summary>The value of each row.</summary>
    /// <param name="read">The value of a text.</param>
    /// <param name="missing">The value of a row without one.</param>
    /// <param name="fits">Whether a value fits the column.</param>
    /// <param name="misfits">Gets the rows whose value does not.</param>
    public T[] Values<T>(Func<string, T> read, T missing, Func<T, bool> fits, Misfits misfits)
    {
        T[] ofTexts = [.. _texts.Select(read)];
        var values = new T[_rows.Length];
        for (int row = 0; row < _rows.Length; row++)
        {
            int code = _rows[row];
            values[row] = code < 0 ? missing : ofTexts[code];
            if (code >= 0 && !fits(values[row])) misfits.Add(row, _texts[code]);
        }
        return values;
    }

    /// <summary>The column of categories, its levels in ordinal order; it takes over the rows, of which there may be millions.</summary>
    public CategoryColumn ToCategories(string name)
    {
        int[] order = [.. Enumerable.Range(0, _texts.Length)];
        var levels = (string[])_texts.Clone();
        Array.Sort(levels, order, StringComparer.Ordinal);
        var places = new int[order.Length];
        for (int place = 0; place < order.Length; place++) places[order[place]] = place;
        foreach (ref int code in _rows.AsSpan())
        {
            if (code >= 0) code = places[code];
        }
        return new CategoryColumn(name, _rows, levels);
    }

    /// <summary>The column of booleans: no, then yes, each as its ordinally first spelling that occurs.</summary>
    public CategoryColumn ToBooleans(string name, Misfits misfits)
    {
        string?[] spellings =
        [
            _texts.Where(text => BooleanWords.ParseKnown(text) == false).Min(StringComparer.Ordinal),
            _texts.Where(text => BooleanWords.ParseKnown(text) == true).Min(StringComparer.Ordinal),
        ];
        string[] levels = [.. spellings.OfType<string>()];
        int yes = levels.Length - 1;
        int[] codes = Values(
            text => BooleanWords.ParseKnown(text) switch { true => yes, false => 0, null => LevelCells.Missing },
            LevelCells.Missing, code => code >= 0, misfits);
        return new CategoryColumn(name, codes, levels, ColumnKind.Boolean);
    }

    public TextColumn ToTexts(string name) =>
        new(name, Array.ConvertAll(_rows, code => code < 0 ? null : _texts[code]));

    private static long Words(string text)
    {
        long words = 0;
        bool isWithin = false;
        foreach (char character in text)
        {
            bool isSpace = char.IsWhiteSpace(character);
            if (!isSpace && !isWithin) words++;
            isWithin = !isSpace;
        }
        return words;
    }
}
