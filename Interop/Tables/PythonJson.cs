using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hpo.Interop.Tables;

/// <summary>
/// JSON as Python's <c>json</c> writes it into Optuna's tables: with bare <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>,
/// whole numbers of any size, and halves of surrogate pairs, none of which System.Text.Json reads.
/// </summary>
internal static class PythonJson
{
    /// <summary>Python's own limit: what it wrote, it could nest no deeper.</summary>
    public const int DeepestNesting = 1000;

    /// <summary>Reads a value.</summary>
    /// <param name="json">The text.</param>
    /// <returns>null, bool, long, double, string, <c>object?[]</c>, or an <see cref="OrderedDictionary{TKey, TValue}"/> of
    /// string and these. A whole number beyond long is a double; half of a surrogate pair, which no other text can hold, is
    /// the replacement character.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static object? Parse(string json)
    {
        var reader = new PythonJsonReader(json);
        return reader.ReadDocument();
    }

    /// <summary>Reads a value, where there is one.</summary>
    /// <param name="json">The text, or null.</param>
    /// <param name="value">The value; null where there is none.</param>
    /// <returns>Whether the text is JSON.</returns>
    public static bool TryParse(string? json, out object? value)
    {
        value = null;
        if (json is null) return false;
        try
        {
            value = Parse(json);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The text of a value, as Python writes it and with every letter as itself.</summary>
    /// <param name="value">What <see cref="Parse"/> gives.</param>
    /// <exception cref="ArgumentException">The value is none that JSON has.</exception>
    public static string Write(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    /// <summary>The text of a value in ASCII, as <c>json.dumps</c> writes it by itself: any column takes it, whatever its character set.</summary>
    public static string WriteAscii(object? value) => string.Concat(Write(value).Select(letter =>
        letter < '\x7f' ? letter.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")));

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null: text.Append("null"); break;
            case bool truth: text.Append(truth ? "true" : "false"); break;
            case long number: text.Append(number.ToString(CultureInfo.InvariantCulture)); break;
            case double number: text.Append(Number(number)); break;
            case string word: WriteString(text, word); break;
            case object?[] items:
                text.Append('[');
                for (int i = 0; i < items.Length; i++)
                {
                    if (i > 0) text.Append(", ");
                    Write(text, items[i]);
                }

                text.Append(']');
                break;
            case OrderedDictionary<string, object?> map:
                text.Append('{');
                for (int i = 0; i < map.Count; i++)
                {
                    if (i > 0) text.Append(", ");
                    (string name, object? item) = map.GetAt(i);
                    WriteString(text, name);
                    text.Append(": ");
                    Write(text, item);
                }

                text.Append('}');
                break;
            default: throw new ArgumentException($"{value.GetType()} has no form in JSON.", nameof(value));
        }
    }

    /// <summary>A number that Python reads as a float: digits alone would be an int.</summary>
    public static string Number(double number)
    {
        if (double.IsNaN(number)) return "NaN";
        if (double.IsInfinity(number)) return number > 0 ? "Infinity" : "-Infinity";
        string text = number.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
        return text.AsSpan().ContainsAny('.', 'e') ? text : text + ".0";
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char letter in value)
        {
            if (letter is '"' or '\\') text.Append('\\').Append(letter);
            else if (letter < ' ') text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else text.Append(letter);
        }

        text.Append('"');
    }
}
