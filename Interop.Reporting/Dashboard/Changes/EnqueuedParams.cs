using System.Globalization;
using System.Text.Json;
using Hpo.Interop.Tables;

namespace Hpo.Interop.Reporting.Dashboard.Changes;

/// <summary>Parameters of an enqueued trial, checked against what the study draws from: Optuna would sample instead of what is outside.</summary>
internal static class EnqueuedParams
{
    /// <exception cref="EditRefusedException">A parameter is unknown, or its value is none of its range.</exception>
    public static OrderedDictionary<string, object?> Of(IReadOnlyDictionary<string, JsonElement> given, IReadOnlyDictionary<string, Distribution> distributions)
    {
        var values = new OrderedDictionary<string, object?>();
        foreach ((string name, JsonElement value) in given)
        {
            if (!distributions.TryGetValue(name, out Distribution? distribution)) throw Refused($"The study has no parameter '{name}'.");
            values[name] = Value(name, distribution, value);
        }
        return values;
    }

    private static object? Value(string name, Distribution distribution, JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Number) throw Refused($"'{name}' is no number.");
        double number = value.GetDouble();
        return distribution switch
        {
            CategoricalDistribution { Choices: var choices } => number == Math.Floor(number) && number >= 0 && number < choices.Count
                ? choices[(int)number]
                : throw Refused($"'{name}' has {choices.Count} choices."),
            IntDistribution range => value.TryGetInt64(out long whole) && whole >= range.Low && whole <= range.High && (whole - range.Low) % range.Step == 0
                ? whole
                : throw Refused($"'{name}' must be a whole number from {range.Low} to {range.High}{(range.Step == 1 ? "" : $" in steps of {range.Step}")}."),
            FloatDistribution range => number >= range.Low && number <= range.High && IsOnGrid(number, range)
                ? number
                : throw Refused(string.Create(
                    CultureInfo.InvariantCulture, $"'{name}' must be a number from {range.Low} to {range.High}{(range.Step is { } step ? $" in steps of {step}" : "")}.")),
            _ => throw Refused($"'{name}' cannot be set."),
        };
    }

    private static bool IsOnGrid(double number, FloatDistribution range) =>
        range.Step is not { } step || Math.Abs((number - range.Low) / step - Math.Round((number - range.Low) / step)) < 1e-8;

    private static EditRefusedException Refused(string message) => new(message, isConflict: true);
}
