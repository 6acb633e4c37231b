using System.Text.Json;

namespace Hpo.Interop.Tests.Oracle;

/// <summary>What two trials have to have in common to be the same, from either side of a comparison.</summary>
internal static class TrialFacts
{
    /// <summary>Of a trial that was driven from C#.</summary>
    public static string Of(FrozenTrial trial) => JsonSerializer.Serialize(new
    {
        number = trial.Number,
        state = trial.State.ToString().ToUpperInvariant(),
        values = trial.Values,
        @params = trial.Params.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}={JsonSerializer.Serialize(pair.Value)}"),
        intermediate = trial.IntermediateValues.Select(pair => new[] { pair.Key, pair.Value }),
    });

    /// <summary>Of a trial that Python told of.</summary>
    public static string Of(JsonElement trial) => JsonSerializer.Serialize(new
    {
        number = trial.GetProperty("number").GetInt32(),
        state = trial.GetProperty("state").GetString(),
        values = trial.GetProperty("values").Deserialize<double[]?>(),
        @params = trial.GetProperty("params").EnumerateObject().OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={Parameter(pair.Value)}"),
        intermediate = trial.GetProperty("intermediate").Deserialize<double[][]>(),
    });

    // Python prints 3.0 where System.Text.Json prints 3; an int stays an int on both sides.
    private static string Parameter(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && !value.TryGetInt64(out _)
            ? JsonSerializer.Serialize(value.GetDouble())
            : value.GetRawText();
}
