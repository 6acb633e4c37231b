using System.Globalization;
using System.Text.Json;

namespace Hpo.Benchmarks;

/// <param name="NativeSeconds">The whole native process.</param>
/// <param name="ScikitLearnSeconds">The whole Python process.</param>
/// <param name="Difference">Native accuracy less scikit-learn's.</param>
/// <param name="ScikitLearnNoise">scikit-learn's accuracy less its own with another seed, where that was asked for.</param>
internal sealed record DigitsRound(
    double NativeSeconds, double ScikitLearnSeconds, GridDifference Difference, GridDifference? ScikitLearnNoise);

/// <summary>Prints the rounds as they end, and their medians.</summary>
internal sealed class DigitsReport(TextWriter writer)
{
    private static readonly JsonSerializerOptions JsonFormat = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private readonly List<DigitsRound> _rounds = [];

    private double NativeMedian => Median.Of(_rounds.Select(round => round.NativeSeconds));

    private double ScikitLearnMedian => Median.Of(_rounds.Select(round => round.ScikitLearnSeconds));

    private GridDifference Difference => GridDifference.Average([.. _rounds.Select(round => round.Difference)]);

    private GridDifference? Noise =>
        _rounds.TrueForAll(round => round.ScikitLearnNoise is not null)
            ? GridDifference.Average([.. _rounds.Select(round => round.ScikitLearnNoise!)])
            : null;

    public void Add(DigitsRound round)
    {
        _rounds.Add(round);
        writer.WriteLine(
            $"round {_rounds.Count}: {Times(round.NativeSeconds, round.ScikitLearnSeconds)}, {Words(round.Difference)}");
        if (round.ScikitLearnNoise is { } noise)
            writer.WriteLine($"         scikit-learn against itself: {Words(noise)}");
    }

    public void WriteSummary()
    {
        writer.WriteLine($"median: {Times(NativeMedian, ScikitLearnMedian)}");
        writer.WriteLine($"accuracy, native less scikit-learn, averaged over the grid: {Words(Difference)}");
        if (Noise is { } noise)
            writer.WriteLine($"accuracy, scikit-learn against itself, averaged over the grid: {Words(noise)}");
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Rounds = _rounds,
            NativeSeconds = NativeMedian,
            ScikitLearnSeconds = ScikitLearnMedian,
            Ratio = ScikitLearnMedian / NativeMedian,
            Difference,
            ScikitLearnNoise = Noise,
        },
        JsonFormat);

    private static string Words(GridDifference difference) => string.Create(
        CultureInfo.InvariantCulture,
        $"{difference.Signed:+0.00;-0.00} points signed, {difference.Absolute:0.00} absolute");

    private static string Times(double native, double scikitLearn) => string.Create(
        CultureInfo.InvariantCulture,
        $"native {native:F2} s, scikit-learn {scikitLearn:F2} s, ratio {scikitLearn / native:F1}");
}
