using System.Globalization;
using System.Text.Json;
using Hpo.Interop;
using Hpo.Interop.Storages;

namespace Hpo.NativeTrainer.Dashboard;

/// <summary>Reads the JSON in Optuna's tables.</summary>
internal static class StorageJson
{
    /// <summary>Python's own limit: what it wrote, it could nest no deeper.</summary>
    public const int DeepestNesting = 1000;

    /// <summary>A parameter's distribution, in the forms of all versions of Optuna's tables.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Distribution Distribution(string json)
    {
        if (PythonJson.Parse(json) is not OrderedDictionary<string, object?> map
            || map.GetValueOrDefault("name") is not string name
            || map.GetValueOrDefault("attributes") is not OrderedDictionary<string, object?> attributes)
        {
            throw new JsonException($"This is no distribution: {json}");
        }

        if (name == "CategoricalDistribution")
        {
            return attributes.GetValueOrDefault("choices") is object?[] choices
                ? new CategoricalDistribution(choices)
                : throw new JsonException($"This distribution has no choices: {json}");
        }

        bool isLog = name.Contains("Log", StringComparison.Ordinal) || attributes.GetValueOrDefault("log") is true;
        double low = Number("low"), high = Number("high");
        return name.StartsWith("Int", StringComparison.Ordinal)
            ? new IntDistribution((long)low, (long)high, isLog)
            : new FloatDistribution(low, high, isLog);

        double Number(string bound) => attributes.GetValueOrDefault(bound) is { } value and (long or double)
            ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
            : throw new JsonException($"This distribution has no number '{bound}': {json}");
    }

    /// <summary>An attribute's value: null, bool, long, double, string, or a list or a map of these.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static object? Attribute(string json) => PythonJson.Parse(json);
}
