using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace Hpo.Interop;

/// <summary>One column of a <see cref="TrialsTable"/>: the same fact of every trial.</summary>
public sealed class TrialColumn
{
    private static readonly JsonSerializerOptions JsonFormat = new()
    {
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1000, // Python's own limit
    };

    internal TrialColumn(string name, IReadOnlyList<object?> values)
    {
        Name = name;
        Type = CommonType(values);
        Values = Type == typeof(double) || Type == typeof(string) ? [.. values.Select(value => Fit(value, Type))] : values;
    }

    /// <summary>Its name, as Optuna's <c>trials_dataframe</c> gives it, e.g. <c>params_learning_rate</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// The type of its values: bool, long, double, string, DateTime or TimeSpan. Integers beside floats become double;
    /// whatever else is mixed, and lists and dictionaries, become string, as JSON.
    /// </summary>
    public Type Type { get; }

    /// <summary>The values by row, each of <see cref="Type"/>; null where the trial has none.</summary>
    public IReadOnlyList<object?> Values { get; }

    private static Type CommonType(IReadOnlyList<object?> values)
    {
        Type[] types = [.. values.Where(value => value is not null).Select(value => value!.GetType()).Distinct()];
        return types switch
        {
            [] => typeof(string),
            [var only] when only == typeof(bool) || only == typeof(long) || only == typeof(double)
                || only == typeof(DateTime) || only == typeof(TimeSpan) => only,
            _ when types.All(type => type == typeof(long) || type == typeof(double)) => typeof(double),
            _ => typeof(string),
        };
    }

    private static object? Fit(object? value, Type type) => value switch
    {
        null or string => value,
        _ when type == typeof(double) => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        IEnumerable => JsonSerializer.Serialize(value, JsonFormat),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
