using System.Collections;
using System.Globalization;
using Hpo.Interop.Engine;

namespace Hpo.Interop.Glue;

/// <summary>Converts parameters and attributes, which are plain .NET objects on the C# side.</summary>
internal static class Objects
{
    /// <exception cref="ArgumentException">The type has no form in Optuna.</exception>
    public static PythonValue ToPython(object? value) => value switch
    {
        null => PythonValue.None,
        bool flag => flag,
        int number => number,
        long number => number,
        short or byte or sbyte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        double number => number,
        float number => (double)number,
        string text => text,
        IEnumerable<KeyValuePair<string, object?>> map => ToPython(map),
        IDictionary map => Map(map.Keys.Cast<object>(), key => map[key]),
        IEnumerable list => PythonValue.List(list.Cast<object?>(), ToPython),
        _ => throw new ArgumentException(
            $"A {value.GetType()} cannot be stored in a study: use null, bool, int, long, double, string, or lists " +
            "and string-keyed dictionaries of these."),
    };

    public static OrderedDictionary<string, PythonValue> ToPython(IEnumerable<KeyValuePair<string, object?>> map)
    {
        var result = new OrderedDictionary<string, PythonValue>();
        foreach ((string key, object? item) in map) result.Add(key, ToPython(item));
        return result;
    }

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

    public static IReadOnlyDictionary<string, object?> FromPythonMap(PythonValue value)
    {
        var result = new OrderedDictionary<string, object?>();
        foreach ((string key, PythonValue item) in value.AsMap()) result.Add(key, FromPython(item));
        return result;
    }

    private static PythonValue Map(IEnumerable<object> keys, Func<object, object?> item)
    {
        var result = new OrderedDictionary<string, PythonValue>();
        foreach (object key in keys)
        {
            string name = key as string ?? throw new ArgumentException("The keys of a stored dictionary must be strings.");
            result.Add(name, ToPython(item(key)));
        }
        return result;
    }
}
