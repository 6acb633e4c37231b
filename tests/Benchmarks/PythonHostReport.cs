using System.Globalization;
using System.Text.Json;

namespace Hpo.Benchmarks;

/// <param name="PythonWall">Microseconds of a trial in Python.</param>
/// <param name="CsharpWall">Microseconds of a trial in C#.</param>
/// <param name="PythonCpu">Microseconds of CPU time of a trial in Python.</param>
/// <param name="CsharpCpu">Microseconds of CPU time of a trial in C#.</param>
/// <param name="CsharpSpeedUp">How many times as fast two threads are as one, in C#.</param>
/// <param name="PythonSpeedUp">The same in Python.</param>
internal sealed record PythonHostRound(
    double PythonWall,
    double CsharpWall,
    double PythonCpu,
    double CsharpCpu,
    double CsharpSpeedUp,
    double PythonSpeedUp);

/// <summary>Prints the rounds and their medians.</summary>
internal sealed class PythonHostReport(TextWriter writer)
{
    public static readonly JsonSerializerOptions JsonFormat = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private readonly List<PythonHostRound> _rounds = [];

    private double Overhead => Median.Of(_rounds.Select(round => round.CsharpWall - round.PythonWall));

    private double CpuOverhead => Median.Of(_rounds.Select(round => round.CsharpCpu - round.PythonCpu));

    private double CsharpSpeedUp => Median.Of(_rounds.Select(round => round.CsharpSpeedUp));

    private double PythonSpeedUp => Median.Of(_rounds.Select(round => round.PythonSpeedUp));

    public void Add(PythonHostRound round)
    {
        _rounds.Add(round);
        Write($"round {_rounds.Count}: a trial takes {round.PythonWall:F1} µs in Python, {round.CsharpWall:F1} µs in C#");
        Write($"         a second thread is worth {round.PythonSpeedUp:F2} in Python, {round.CsharpSpeedUp:F2} in C#");
    }

    public void WriteSummary()
    {
        Write($"median overhead of a C# trial: {Overhead:F1} µs ({CpuOverhead:F1} µs of CPU time)");
        Write($"median speed-up by a second thread: {PythonSpeedUp:F2} in Python, {CsharpSpeedUp:F2} in C#");
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Rounds = _rounds,
            OverheadMicroseconds = Overhead,
            CpuOverheadMicroseconds = CpuOverhead,
            CsharpSpeedUp,
            PythonSpeedUp,
        },
        JsonFormat);

    private void Write(FormattableString line) => writer.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
