using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hpo.Interop.Tables;

/// <summary>Reads one JSON document, value by value.</summary>
internal ref struct PythonJsonReader(string json)
{
    // Python itself nests no deeper by default, and a thread's stack holds so much.
    private const int DeepestNesting = 1000;
    private const int HexDigits = 4;

    private static readonly (string Word, object? Value)[] Literals =
    [
        ("null", null), ("true", true), ("false", false),
        ("NaN", double.NaN), ("Infinity", double.PositiveInfinity), ("-Infinity", double.NegativeInfinity),
    ];

    private readonly string _json = json;
    private int _at;
    private int _depth;

    public object? ReadDocument()
    {
        object? value = ReadValue();
        SkipSpace();
        return _at == _json.Length ? value : throw Wrong("nothing more");
    }

    private object? ReadValue()
    {
        SkipSpace();
        if (Peek() == '"') return ReadString();
        if (Peek() is '[' or '{')
        {
            if (++_depth > DeepestNesting) throw Wrong($"at most {DeepestNesting} levels");
            object value = Peek() == '[' ? ReadList() : ReadMap();
            _depth--;
            return value;
        }

        foreach (var (word, value) in Literals)
        {
            if (string.CompareOrdinal(_json, _at, word, 0, word.Length) != 0) continue;
            _at += word.Length;
            return value;
        }

        return ReadNumber();
    }

    private object?[] ReadList()
    {
        var items = new List<object?>();
        _at++;
        if (TryTake(']')) return [];
        do items.Add(ReadValue());
        while (TryTake(','));
        Take(']');
        return [.. items];
    }

    private OrderedDictionary<string, object?> ReadMap()
    {
        var map = new OrderedDictionary<string, object?>();
        _at++;
        if (TryTake('}')) return map;
        do
        {
            SkipSpace();
            string name = ReadString();
            Take(':');
            map[name] = ReadValue(); // of two equal names the last one counts, as in Python
        }
        while (TryTake(','));
        Take('}');
        return map;
    }

    private object ReadNumber()
    {
        int start = _at;
        if (Peek() == '-') _at++;
        int whole = SkipDigits();
        if (whole == 0 || (whole > 1 && _json[_at - whole] == '0')) throw Wrong("a value");
        bool isWhole = true;
        if (Peek() == '.')
        {
            _at++;
            isWhole = false;
            if (SkipDigits() == 0) throw Wrong("a digit");
        }

        if (Peek() is 'e' or 'E')
        {
            _at++;
            isWhole = false;
            if (Peek() is '+' or '-') _at++;
            if (SkipDigits() == 0) throw Wrong("a digit");
        }

        ReadOnlySpan<char> text = _json.AsSpan(start, _at - start);
        if (isWhole && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)) return number;
        return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private string ReadString()
    {
        if (Peek() != '"') throw Wrong("a string");
        _at++;
        var text = new StringBuilder();
        while (true)
        {
            if (_at == _json.Length) throw Wrong("the end of a string");
            char letter = _json[_at++];
            if (letter == '"') return WithoutHalves(text.ToString());
            if (letter < ' ') throw Wrong("no control character");
            text.Append(letter == '\\' ? ReadEscape() : letter);
        }
    }

    private char ReadEscape()
    {
        char kind = Peek();
        _at++;
        return kind switch
        {
            '"' or '\\' or '/' => kind,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => ReadHex(),
            _ => throw Wrong("an escape"),
        };
    }

    private char ReadHex()
    {
        if (_at + HexDigits > _json.Length
            || !ushort.TryParse(_json.AsSpan(_at, HexDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            throw Wrong("four hexadecimal digits");
        }

        _at += HexDigits;
        return (char)code;
    }

    // Encoding replaces what is half of a pair.
    private static string WithoutHalves(string text)
    {
        foreach (char letter in text)
        {
            if (char.IsSurrogate(letter)) return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        return text;
    }

    private int SkipDigits()
    {
        int start = _at;
        while (char.IsAsciiDigit(Peek())) _at++;
        return _at - start;
    }

    private void SkipSpace()
    {
        while (Peek() is ' ' or '\t' or '\n' or '\r') _at++;
    }

    private bool TryTake(char letter)
    {
        SkipSpace();
        if (Peek() != letter) return false;
        _at++;
        return true;
    }

    private void Take(char letter)
    {
        if (!TryTake(letter)) throw Wrong($"'{letter}'");
    }

    // A document holds no zero, so that it can mark the end.
    private readonly char Peek() => _at < _json.Length ? _json[_at] : '\0';

    private readonly JsonException Wrong(string expected) => new(FormattableString.Invariant($"Expected {expected} at {_at} of the JSON."));
}
