using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>A parameter's or an attribute's value as text, in Python's words and in no country's.</summary>
internal static class ValueText
{
    public static string Of(object? value) => value switch
    {
        null => "None",
        string text => text,
        bool flag => flag ? "True" : "False",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IEnumerable => JsonSerializer.Serialize(value, SnapshotJson.Format),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
