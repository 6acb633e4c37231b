using System.Globalization;
using System.Text.Json;

namespace Hpo.Benchmarks;

/// <param name="Workload">What a trial does.</param>
/// <param name="CsharpMicroseconds">A trial of a C# objective.</param>
/// <param name="PythonMicroseconds">A trial of the same objective in Python.</param>
internal sealed record InteropRound(string Workload, double CsharpMicroseconds, double PythonMicroseconds);

/// <param name="Crossings">How often a call crossed the border.</param>
/// <param name="Wrong">How many answers were wrong.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="References">How many references more an object has that took part.</param>
/// <param name="PythonBlocks">How many memory blocks more Python has.</param>
/// <param name="ResidentMegabytes">How much larger the process is.</param>
internal sealed record CrossingsResult(
    long Crossings, long Wrong, double Seconds, long References, long PythonBlocks, double ResidentMegabytes);

/// <param name="Engine">What started Python.</param>
/// <param name="Milliseconds">From the first call until Optuna was imported.</param>
internal sealed record StartRound(string Engine, double Milliseconds);

/// <summary>Prints the rounds and their medians, and the counts of the crossings.</summary>
internal sealed class InteropReport(TextWriter writer)
{
    private readonly List<InteropRound> _rounds = [];
    private readonly List<CrossingsResult> _crossings = [];
    private readonly List<StartRound> _starts = [];

    public void Add(InteropRound round)
    {
        _rounds.Add(round);
        Write($"{round.Workload}: {round.CsharpMicroseconds:F1} µs a trial in C#, {round.PythonMicroseconds:F1} µs in Python");
    }

    public void Add(CrossingsResult result)
    {
        _crossings.Add(result);
        Write($"{result.Crossings:N0} crossings from 8 threads in {result.Seconds:F1} s ({result.Seconds * 1e6 / result.Crossings:F2} µs each): {result.Wrong} wrong, {result.References:+0;-0;0} references, {result.PythonBlocks:+0;-0;0} blocks of Python's, {result.ResidentMegabytes:+0.0;-0.0;0.0} MB");
    }

    public void Add(IReadOnlyList<StartRound> starts)
    {
        _starts.AddRange(starts);
        foreach (IGrouping<string, StartRound> engine in starts.GroupBy(start => start.Engine))
            Write($"median start with {engine.Key}: {Median.Of(engine.Select(start => start.Milliseconds)):F0} ms");
    }

    public void WriteSummary()
    {
        foreach ((string workload, double ratio) in Ratios()) Write($"median of C# / Python, {workload}: {ratio:F3}");
    }

    public string ToJson() => JsonSerializer.Serialize(
        new { Rounds = _rounds, Ratios = Ratios(), Crossings = _crossings, Starts = _starts }, PythonHostReport.JsonFormat);

    private Dictionary<string, double> Ratios() => _rounds.GroupBy(round => round.Workload).ToDictionary(
        group => group.Key,
        group => Median.Of(group.Select(round => round.CsharpMicroseconds / round.PythonMicroseconds)));

    private void Write(FormattableString line) => writer.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
