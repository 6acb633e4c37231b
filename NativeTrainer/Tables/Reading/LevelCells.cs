using System.Numerics;
using System.Runtime.InteropServices;

namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>The cells of a column that are read as texts, each different text once.</summary>
internal sealed class LevelCells : ColumnCells
{
    public const int Missing = -1;

    private const int Slots = 512;

    private readonly (string? Text, int Code)[] _recent = new (string?, int)[Slots];
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _texts = [];
    private readonly Growing<int> _rows;
    private readonly bool _wordsMayBeMissing;

    /// <param name="capacity">How many cells are expected.</param>
    /// <param name="wordsMayBeMissing">Whether words such as NA stand for missing values; else only the empty text does.</param>
    public LevelCells(int capacity, bool wordsMayBeMissing = true)
    {
        _lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();
        _rows = new Growing<int>(capacity);
        _wordsMayBeMissing = wordsMayBeMissing;
    }

    /// <summary>The different texts, in the order in which they occur first.</summary>
    public IReadOnlyList<string> Texts => _texts;

    public override void Add(ReadOnlySpan<char> cell)
    {
        // Columns of few levels find nearly all of them here, without a hash of the whole text.
        int slot = SlotOf(cell);
        (string? text, int code) = _recent[slot];
        if (text is null || !cell.SequenceEqual(text))
        {
            if (!_lookup.TryGetValue(cell, out text, out code)) (text, code) = AddText(cell);
            _recent[slot] = (text, code);
        }
        _rows.Add(code);
    }

    /// <summary>An index into the texts for each row, or -1.</summary>
    public int[] ToArray() => _rows.ToArray();

    /// <summary>A place that follows from the length and the characters at both ends.</summary>
    private static int SlotOf(ReadOnlySpan<char> cell)
    {
        ulong ends = 0;
        if (cell.Length >= 4)
            ends = FourCharacters(cell) ^ BitOperations.RotateLeft(FourCharacters(cell[^4..]), 21);
        else if (cell.Length > 0)
            ends = cell[0] + ((ulong)cell[^1] << 16);
        return (int)(((ends + (ulong)cell.Length) * 0x9e37_79b9_7f4a_7c15) >> 32) & (Slots - 1);
    }

    private static ulong FourCharacters(ReadOnlySpan<char> text) => MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(text));

    private (string Text, int Code) AddText(ReadOnlySpan<char> cell)
    {
        var text = cell.ToString();
        bool isMissing = _wordsMayBeMissing ? MissingValues.Contains(text) : text.Length == 0;
        int code = isMissing ? Missing : _texts.Count;
        if (!isMissing) _texts.Add(text);
        _codes.Add(text, code);
        return (text, code);
    }
}
