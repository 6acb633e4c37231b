using System.Globalization;
using System.Text.Json;

namespace Hpo.Interop.Tables;

/// <summary>Distributions in the JSON of all versions of Optuna's tables, and the values that parameters have by them.</summary>
internal static class StoredDistribution
{
    /// <summary>Reads a distribution.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static Distribution Parse(string json)
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

        // Before Optuna 3.0 there was a class for each type of range; a discrete one's step was called q.
        bool isLog = name.Contains("Log", StringComparison.Ordinal) || attributes.GetValueOrDefault("log") is true;
        double low = Required("low"), high = Required("high");
        double? step = Number("step") ?? Number("q");
        return name.StartsWith("Int", StringComparison.Ordinal)
            ? new IntDistribution((long)low, (long)high, isLog, (long)(step ?? 1))
            : new FloatDistribution(low, high, isLog, step);

        double? Number(string attribute) => attributes.GetValueOrDefault(attribute) is { } value and (long or double)
            ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
            : null;

        double Required(string bound) => Number(bound) ?? throw new JsonException($"This distribution has no number '{bound}': {json}");
    }

    /// <summary>The value of a parameter: long, double, or a choice. A number that is the index of no choice stays what it is.</summary>
    public static object? Value(Distribution distribution, double stored) => distribution switch
    {
        CategoricalDistribution { Choices: var choices } => stored >= 0 && stored < choices.Count ? choices[(int)stored] : stored,
        IntDistribution => (long)stored,
        _ => stored,
    };
}
