using System.Globalization;
using System.Text.Json;

namespace Hpo.Benchmarks;

internal sealed record FashionEpochRound(int Threads, FashionEpoch Native, FashionEpoch Python)
{
    public double Ratio => Python.Seconds / Native.Seconds;

    public double CpuRatio => Python.CpuSeconds / Native.CpuSeconds;
}

/// <summary>Prints the epochs as they end, and for each number of threads the median ratios.</summary>
internal sealed class FashionEpochReport(TextWriter writer)
{
    private readonly List<FashionEpochRound> _rounds = [];

    private IEnumerable<Summary> Summaries => _rounds
        .GroupBy(round => round.Threads)
        .Select(rounds => new Summary(
            rounds.Key,
            Median.Of(rounds.Select(round => round.Native.Seconds)),
            Median.Of(rounds.Select(round => round.Python.Seconds)),
            Median.Of(rounds.Select(round => round.Ratio)),
            Median.Of(rounds.Select(round => round.CpuRatio))));

    public void Add(FashionEpochRound round)
    {
        if (_rounds.Count == 0)
            writer.WriteLine($"native: libtorch {round.Native.Torch}; Python: torch {round.Python.Torch}");
        _rounds.Add(round);
        int number = _rounds.Count(other => other.Threads == round.Threads);
        writer.WriteLine(
            $"round {number}, {Words(round.Threads)}: native {Words(round.Native)}, Python {Words(round.Python)}, "
            + Ratios(round.Ratio, round.CpuRatio));
    }

    public void WriteSummary()
    {
        foreach (Summary median in Summaries)
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"median, {Words(median.Threads)}: native {median.NativeSeconds:F1} s, Python {median.PythonSeconds:F1} s, ")
                + Ratios(median.Ratio, median.CpuRatio));
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Rounds = _rounds,
            Medians = Summaries,
        },
        FashionSide.JsonFormat);

    private static string Words(int threads) => threads == 1 ? "1 thread" : $"{threads} threads";

    private static string Words(FashionEpoch epoch) => string.Create(
        CultureInfo.InvariantCulture,
        $"{epoch.Seconds:F1} s ({epoch.CpuSeconds:F1} s CPU, {epoch.Iterations} steps, {epoch.Accuracies.Count} evaluations"
        + $"{(epoch.Accuracies is [.., double last] ? $", accuracy {last:F3}" : "")})");

    private static string Ratios(double ratio, double cpuRatio) =>
        string.Create(CultureInfo.InvariantCulture, $"ratio {ratio:F1} (CPU {cpuRatio:F1})");

    private sealed record Summary(int Threads, double NativeSeconds, double PythonSeconds, double Ratio, double CpuRatio);
}
