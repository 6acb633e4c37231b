using System.Text.Json;

namespace Hpo.Interop.Tests.Oracle;

/// <summary>One parameter of matrix.json; Only is the value of <c>kind</c> that it needs, where it needs one.</summary>
internal sealed record MatrixParameter(
    string Name, string Type, double Low, double High, bool Log, double? Step, JsonElement[]? Choices, string? Only)
{
    /// <summary>The choices of a categorical parameter.</summary>
    public IReadOnlyList<object?> Values { get; } = [.. (Choices ?? []).Select(Value)];

    /// <summary>The two ends of a range, or all choices.</summary>
    public IReadOnlyList<object?> Ends => Type switch
    {
        "categorical" => Values,
        "int" => [(long)Low, (long)High],
        _ => [Low, High],
    };

    public Distribution Distribution => Type switch
    {
        "categorical" => new CategoricalDistribution(Values),
        "int" => new IntDistribution((long)Low, (long)High, Log, (long)(Step ?? 1)),
        _ => new FloatDistribution(Low, High, Log, Step),
    };

    /// <summary>The suggested value as a number: of a choice its index.</summary>
    public double Suggest(Trial trial) => Type switch
    {
        "categorical" => Values.ToList().IndexOf(trial.SuggestCategorical(Name, Values)),
        "int" => trial.SuggestInt(Name, (long)Low, (long)High, (long)(Step ?? 1), Log),
        _ => trial.SuggestFloat(Name, Low, High, Step, Log),
    };

    /// <summary>The value at <paramref name="part"/> / 32 of the range; of a grid its ends.</summary>
    public object? Spread(int part) => Type switch
    {
        "categorical" => Ends[part % Ends.Count],
        _ when Step is not null => Ends[part % Ends.Count],
        "int" => (long)Low + ((long)High - (long)Low) * part / 32,
        _ => Low + (High - Low) * (part / 32.0),
    };

    /// <summary>Suggests the parameters that a trial has, one by one: the values of both objectives as far as they are known by then.</summary>
    public static IEnumerable<(double First, double Second)> Scores(Trial trial, MatrixParameter[] space)
    {
        double first = 0, second = 0;
        object? kind = null;
        for (int place = 0; place < space.Length; place++)
        {
            MatrixParameter parameter = space[place];
            if (parameter.Only is not null && !parameter.Only.Equals(kind)) continue;
            double number = parameter.Suggest(trial);
            if (parameter.Name == "kind") kind = parameter.Values[(int)number];
            first += (place + 1) * number;
            second += number * number - number;
            yield return (first, second);
        }
    }

    private static object? Value(JsonElement choice) => choice.ValueKind switch
    {
        JsonValueKind.String => choice.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => choice.TryGetInt64(out long number) ? number : choice.GetDouble(),
        _ => null,
    };
}
