using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>The lines that are left out: how many, and what is wrong with the first of them.</summary>
internal sealed class BadLines(string path)
{
    private const int Shown = 5;
    private const int GoodLinesForABadOne = 100;

    private readonly List<string> _first = [];
    private int _blank;
    private int _firstBlank;

    /// <summary>How many lines of the file are left out because they cannot be read.</summary>
    public int Count { get; private set; }

    public void Add(int first, int behindLast, string problem)
    {
        Count += behindLast - first;
        if (_first.Count == Shown) return;
        string lines = behindLast - first == 1 ? $"line {first}" : $"lines {first} to {behindLast - 1}, read as one,";
        _first.Add($"{lines} {problem}");
    }

    public void AddBlank(int line)
    {
        if (_blank++ == 0) _firstBlank = line;
    }

    /// <summary>One bad line in a hundred is an accident, and so is one of a few.</summary>
    /// <exception cref="DataFileException">There are more.</exception>
    public void Check(int rows, char separator)
    {
        if (Count == 0 || (rows > 0 && Count <= Math.Max(1, (rows + Count) / GoodLinesForABadOne))) return;
        string name = separator switch { '\t' => "tab", ' ' => "space", _ => separator.ToString() };
        throw new DataFileException(
            path,
            $"{Count} of its {rows + Count} lines cannot be read: {_first[0]}.",
            $"If fields are not separated by \"{name}\", name what does with --separator; quote fields that hold it.");
    }

    public IEnumerable<string> Notes()
    {
        if (Count > 0)
        {
            string lines = Count == 1 ? "1 line is" : $"{Count} lines are";
            string more = Count > _first.Count ? "; …" : "";
            yield return $"{lines} left out: {string.Join("; ", _first)}{more}.";
        }

        if (_blank > 0)
            yield return $"{(_blank == 1 ? "1 blank line is" : $"{_blank} blank lines are")} left out, the first is line {_firstBlank}.";
    }
}
