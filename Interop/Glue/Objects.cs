using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hpo.Interop.Bridge;

namespace Hpo.Interop.Glue;

/// <summary>Converts parameters and attributes, which are plain .NET objects on the C# side.</summary>
internal static class Objects
{
    private const int DeepestNesting = 200;

    /// <exception cref="ArgumentException">The type has no form in Optuna, or it is nested too deeply.</exception>
    public static PythonValue ToPython(object? value) => ToPython(value, 0);

    public static OrderedDictionary<string, PythonValue> ToPython(IEnumerable<KeyValuePair<string, object?>> map) =>
        Map(map, 0);

    private static PythonValue ToPython(object? value, int depth) => value switch
    {
        // A list that holds itself would otherwise end the process with a stack overflow.
        _ when depth > DeepestNesting => throw new ArgumentException(
            $"A value nested deeper than {DeepestNesting} levels cannot be stored in a study."),
        null => PythonValue.None,
        bool flag => flag,
        int number => number,
        long number => number,
        short or byte or sbyte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        double number => number,
        float number => (double)number,
        string text => text,
        ulong number when number <= long.MaxValue => (long)number,
        JsonElement json => FromJson(json, depth),
        JsonDocument json => FromJson(json.RootElement, depth),
        JsonNode json => FromJson(JsonSerializer.SerializeToElement(json), depth),
        IEnumerable<KeyValuePair<string, object?>> map => Map(map, depth),
        IDictionary map => Map(map.Keys.Cast<object>().Select(key => KeyValuePair.Create(Name(key), map[key])), depth),
        IEnumerable list => PythonValue.List(list.Cast<object?>(), item => ToPython(item, depth + 1)),
        _ => throw new ArgumentException(
            $"A {value.GetType()} cannot be stored in a study: use null, bool, int, long, double, string, or lists " +
            "and string-keyed dictionaries of these."),
    };

    /// <summary>null, bool, long, double, string, or lists and dictionaries of these.</summary>
    public static object? FromPython(PythonValue value) => value.Kind switch
    {
        PythonKind.None => null,
        PythonKind.Bool => value.AsBool(),
        PythonKind.Integer => value.AsInteger(),
        PythonKind.Float => value.AsFloat(),
        PythonKind.String => value.AsString(),
        PythonKind.List => Array.ConvertAll(value.AsList(), FromPython),
        PythonKind.Map => FromPythonMap(value),
        _ => throw new InvalidCastException($"A value of kind {value.Kind} is not a parameter or an attribute."),
    };

    public static IReadOnlyDictionary<string, object?> FromPythonMap(PythonValue value) => Maps.Convert(value.AsMap(), FromPython);

    private static OrderedDictionary<string, PythonValue> Map(IEnumerable<KeyValuePair<string, object?>> map, int depth) =>
        Maps.Convert(map, item => ToPython(item, depth + 1));

    private static string Name(object key) =>
        key as string ?? throw new ArgumentException("The keys of a stored dictionary must be strings.");

    private static PythonValue FromJson(JsonElement json, int depth) => json.ValueKind switch
    {
        JsonValueKind.Object => Map(json.EnumerateObject().Select(item => KeyValuePair.Create(item.Name, (object?)item.Value)), depth),
        JsonValueKind.Array => PythonValue.List(json.EnumerateArray(), item => ToPython(item, depth + 1)),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out long number) ? number : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => PythonValue.None,
    };
}
