using System.Text;
using System.Text.Json;
using Hpo.Interop;

namespace Hpo.NativeTrainer.Dashboard;

/// <summary>Reads the JSON in Optuna's tables, which may hold bare NaN and Infinity as Python writes them.</summary>
internal static class StorageJson
{
    /// <summary>A parameter's distribution, in the forms of all versions of Optuna's tables.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Distribution Distribution(string json)
    {
        using JsonDocument document = Parse(json);
        JsonElement attributes = document.RootElement.GetProperty("attributes");
        string name = document.RootElement.GetProperty("name").GetString()!;
        if (name == "CategoricalDistribution")
            return new CategoricalDistribution([.. attributes.GetProperty("choices").EnumerateArray().Select(Value)]);
        bool isLog = name.Contains("Log", StringComparison.Ordinal)
            || (attributes.TryGetProperty("log", out JsonElement log) && log.ValueKind == JsonValueKind.True);
        double low = Number(attributes.GetProperty("low")), high = Number(attributes.GetProperty("high"));
        return name.StartsWith("Int", StringComparison.Ordinal)
            ? new IntDistribution((long)low, (long)high, isLog)
            : new FloatDistribution(low, high, isLog);
    }

    /// <summary>An attribute's value: null, bool, double, string, a list of these, or for objects their text.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static object? Attribute(string json)
    {
        using JsonDocument document = Parse(json);
        return Value(document.RootElement);
    }

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out long integer) ? integer : element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.Object => element.GetRawText(),
        _ => element.GetString() switch { NaN => double.NaN, Infinity => double.PositiveInfinity, MinusInfinity => double.NegativeInfinity, var text => text },
    };

    private static double Number(JsonElement element) => Convert.ToDouble(Value(element), System.Globalization.CultureInfo.InvariantCulture);

    private static JsonDocument Parse(string json) =>
        JsonDocument.Parse(json.Contains("NaN", StringComparison.Ordinal) || json.Contains("Infinity", StringComparison.Ordinal) ? Quoted(json) : json);

    // What no user's text holds by chance.
    private const string NaN = "\u0001NaN", Infinity = "\u0001Infinity", MinusInfinity = "\u0001-Infinity";

    private static readonly (string Word, string Mark)[] Words =
        [("NaN", "\"\\u0001NaN\""), ("-Infinity", "\"\\u0001-Infinity\""), ("Infinity", "\"\\u0001Infinity\"")];

    private static string Quoted(string json)
    {
        var text = new StringBuilder(json.Length + 16);
        bool inString = false;
        for (int i = 0; i < json.Length; i++)
        {
            if (!inString && Words.FirstOrDefault(word => string.CompareOrdinal(json, i, word.Word, 0, word.Word.Length) == 0) is { Word: { } found } match)
            {
                text.Append(match.Mark);
                i += found.Length - 1;
                continue;
            }
            if (json[i] == '"') inString = !inString;
            text.Append(json[i]);
            if (json[i] == '\\' && inString) text.Append(json[++i]);
        }
        return text.ToString();
    }
}
