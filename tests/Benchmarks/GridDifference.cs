using System.Text.Json;

namespace Hpo.Benchmarks;

/// <summary>How far two cross-validations of the same grid lie apart, pair by pair, in points (hundredths).</summary>
/// <param name="Signed">Mean of the differences: what one side is better by.</param>
/// <param name="Absolute">Mean of the differences without their signs.</param>
internal sealed record GridDifference(double Signed, double Absolute)
{
    /// <exception cref="JsonException">One of the two is not the document of a cross-validation.</exception>
    public static GridDifference Between(string document, string baseline)
    {
        Dictionary<(int, int), double> expected = Means(baseline);
        double[] differences = [.. Means(document).Select(pair => 100 * (pair.Value - expected[pair.Key]))];
        return new GridDifference(differences.Average(), differences.Average(Math.Abs));
    }

    public static GridDifference Average(IReadOnlyList<GridDifference> rounds) =>
        new(rounds.Average(round => round.Signed), rounds.Average(round => round.Absolute));

    private static Dictionary<(int NEstimators, int MaxDepth), double> Means(string document)
    {
        using JsonDocument json = JsonDocument.Parse(document);
        return json.RootElement.GetProperty("pairs").EnumerateArray().ToDictionary(
            pair => (pair.GetProperty("n_estimators").GetInt32(), pair.GetProperty("max_depth").GetInt32()),
            pair => pair.GetProperty("mean").GetDouble());
    }
}
