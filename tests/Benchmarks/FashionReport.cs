using System.Globalization;
using System.Text.Json;

namespace Hpo.Benchmarks;

internal sealed record FashionRound(int Threads, FashionMeasurement Native, FashionMeasurement Python);

/// <summary>Prints the rounds of steps as they end, and for each number of threads their medians.</summary>
internal sealed class FashionReport(TextWriter writer)
{
    private readonly List<FashionRound> _rounds = [];

    private IEnumerable<Summary> Summaries => _rounds
        .GroupBy(round => round.Threads)
        .Select(rounds => new Summary(
            rounds.Key,
            Comparison.Of(rounds.Select(round => (round.Native.Training, round.Python.Training))),
            Comparison.Of(rounds.Select(round => (round.Native.Evaluation, round.Python.Evaluation)))));

    public void Add(FashionRound round)
    {
        if (_rounds.Count == 0)
            writer.WriteLine($"native: libtorch {round.Native.Torch}; Python: torch {round.Python.Torch}");
        _rounds.Add(round);
        int number = _rounds.Count(other => other.Threads == round.Threads);
        Write($"round {number}", new Summary(
            round.Threads,
            Comparison.Of([(round.Native.Training, round.Python.Training)]),
            Comparison.Of([(round.Native.Evaluation, round.Python.Evaluation)])));
    }

    public void WriteSummary()
    {
        foreach (Summary summary in Summaries) Write("median", summary);
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Rounds = _rounds,
            Medians = Summaries,
        },
        FashionSide.JsonFormat);

    private void Write(string title, Summary summary)
    {
        string threads = summary.Threads == 1 ? "1 thread" : $"{summary.Threads} threads";
        writer.WriteLine($"{title}, {threads}, training:   {Words(summary.Training)}");
        writer.WriteLine($"{title}, {threads}, evaluation: {Words(summary.Evaluation)}");
    }

    private static string Words(Comparison comparison) => string.Create(
        CultureInfo.InvariantCulture,
        $"native {Words(comparison.Native)}, Python {Words(comparison.Python)}, "
        + $"ratio {comparison.Ratio:F2} (CPU {comparison.CpuRatio:F2})");

    private static string Words(Side side) => string.Create(
        CultureInfo.InvariantCulture, $"{side.ImagesPerSecond:F0} images/s ({side.CpuMilliseconds:F2} ms CPU each)");

    private sealed record Summary(int Threads, Comparison Training, Comparison Evaluation);

    private sealed record Side(double ImagesPerSecond, double CpuMilliseconds)
    {
        public static Side MedianOf(IEnumerable<FashionSpeed> speeds) => new(
            Median.Of(speeds.Select(speed => speed.ImagesPerSecond)), Median.Of(speeds.Select(speed => speed.CpuMilliseconds)));
    }

    /// <param name="Native">Medians of the native side.</param>
    /// <param name="Python">Medians of Python's.</param>
    /// <param name="Ratio">How many times as many images a second the native side does: the rounds' median.</param>
    /// <param name="CpuRatio">How many times as much CPU time Python takes for an image: the rounds' median.</param>
    private sealed record Comparison(Side Native, Side Python, double Ratio, double CpuRatio)
    {
        public static Comparison Of(IEnumerable<(FashionSpeed Native, FashionSpeed Python)> rounds) => new(
            Side.MedianOf(rounds.Select(round => round.Native)),
            Side.MedianOf(rounds.Select(round => round.Python)),
            Median.Of(rounds.Select(round => round.Native.ImagesPerSecond / round.Python.ImagesPerSecond)),
            Median.Of(rounds.Select(round => round.Python.CpuMilliseconds / round.Native.CpuMilliseconds)));
    }
}
