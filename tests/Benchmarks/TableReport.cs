using System.Globalization;
using System.Text.Json;

namespace Hpo.Benchmarks;

/// <summary>What both sides reached with one seed.</summary>
/// <param name="Table">The table.</param>
/// <param name="Metric">How models are scored.</param>
/// <param name="Maximized">Whether more is better.</param>
/// <param name="Native">The native side's score on the test rows.</param>
/// <param name="ScikitLearn">The other side's.</param>
/// <param name="NativeModel">The model that the native side chose.</param>
/// <param name="ScikitLearnModel">The model that the other side chose.</param>
/// <param name="NativeSeconds">What the native study took, with the program's start.</param>
/// <param name="TestSeconds">What results --evaluate took, which trains each model's defaults too.</param>
/// <param name="ScikitLearnSeconds">What the other study took, with Python's start and its test.</param>
internal sealed record TableRound(
    string Table, string Metric, bool Maximized, double Native, double ScikitLearn, string NativeModel, string ScikitLearnModel,
    double NativeSeconds, double TestSeconds, double ScikitLearnSeconds);

/// <summary>Writes the rounds, and what they come to.</summary>
internal sealed class TableReport(TextWriter writer)
{
    private static readonly JsonSerializerOptions JsonFormat = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };
    private readonly List<TableRound> _rounds = [];

    public void Add(TableRound round)
    {
        _rounds.Add(round);
        Line(string.Create(CultureInfo.InvariantCulture, $"{round.Table,-14} {round.Metric,-8}  native {round.Native:G5} ({round.NativeModel}, {round.NativeSeconds:F1} s)  "
            + $"scikit-learn {round.ScikitLearn:G5} ({round.ScikitLearnModel}, {round.ScikitLearnSeconds:F1} s)"));
    }

    public void WriteTable(BenchmarkTable table)
    {
        TableRound[] rounds = [.. _rounds.Where(round => round.Table == table.Name)];
        Line(string.Create(CultureInfo.InvariantCulture, $"{table.Name}: native {Spread(rounds.Select(round => round.Native))}, scikit-learn {Spread(rounds.Select(round => round.ScikitLearn))}: "
            + $"{(IsAtLeast(rounds) ? "at or above" : "below")}; "
            + $"{Time(rounds):F2} of its time  ({table.Origin})"));
    }

    public void WriteSummary()
    {
        TableRound[][] tables = [.. _rounds.GroupBy(round => round.Table).Select(group => group.ToArray())];
        Line(string.Create(CultureInfo.InvariantCulture, $"at or above scikit-learn on {tables.Count(IsAtLeast)} of {tables.Length} tables; "
            + $"median of the tables' times against scikit-learn's: {Median.Of(tables.Select(Time)):F2}; all together: "
            + $"{_rounds.Sum(round => round.NativeSeconds) / _rounds.Sum(round => round.ScikitLearnSeconds):F2}"));
    }

    public string ToJson() => JsonSerializer.Serialize(_rounds, JsonFormat);

    private static bool IsAtLeast(TableRound[] rounds)
    {
        double difference = rounds.Average(round => round.Native) - rounds.Average(round => round.ScikitLearn);
        return rounds[0].Maximized ? difference >= 0 : difference <= 0;
    }

    private static double Time(TableRound[] rounds) => Median.Of(rounds.Select(round => round.NativeSeconds / round.ScikitLearnSeconds));

    private static string Spread(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        return string.Create(CultureInfo.InvariantCulture, $"{mean:G5} ± {Math.Sqrt(all.Average(value => (value - mean) * (value - mean))):G2}");
    }

    private void Line(string text) => writer.WriteLine(text);
}
