using System.Globalization;
using System.Text.Json;

namespace Hpo.Benchmarks;

/// <summary>Prints each round of both launchers, and their medians and ratios.</summary>
internal sealed class LauncherReport(TextWriter writer, int workers, int milliseconds)
{
    private static readonly JsonSerializerOptions JsonFormat = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private readonly List<(LauncherRun Ours, LauncherRun Theirs)> _sleeping = [];
    private readonly List<(LauncherRun Ours, LauncherRun Theirs)> _studies = [];

    private double Ideal => workers * 1000.0 / milliseconds;

    /// <summary>Workers that only sleep.</summary>
    public void AddSleeping(LauncherRun ours, LauncherRun theirs) => Add("sleeping", _sleeping, ours, theirs);

    /// <summary>Workers that share a study.</summary>
    public void AddStudies(LauncherRun ours, LauncherRun theirs) => Add("one study", _studies, ours, theirs);

    public void WriteSummary()
    {
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"medians, {workers} workers of {milliseconds} ms a trial, ParallelLauncher / Python:"));
        Row("start-up (s)", _sleeping, run => run.StartUpSeconds, "F2");
        Row("memory (MB)", _studies, run => run.MegabytesResident, "F0");
        Row("processor time, sleeping (% of a core)", _sleeping, run => 100 * run.CoreShare, "F1");
        Row("processor time, one study (% of a core)", _studies, run => 100 * run.CoreShare, "F1");
        Row("trials a second, sleeping", _sleeping, run => run.TrialsPerSecond, "F1");
        Row("trials a second, one study", _studies, run => run.TrialsPerSecond, "F1");
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"sleeping, of the ideal {Ideal:F0} trials a second: {100 * Middle(_sleeping, true, run => run.TrialsPerSecond) / Ideal:F1} %"));
        writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"one study, of what the same workers and storage give without the launcher: {100 * Middle(_studies, true, run => run.TrialsPerSecond) / Middle(_studies, false, run => run.TrialsPerSecond):F1} %"));
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Workers = workers,
            Milliseconds = milliseconds,
            Sleeping = _sleeping.Select(round => new { round.Ours, round.Theirs }),
            OneStudy = _studies.Select(round => new { round.Ours, round.Theirs }),
        },
        JsonFormat);

    private void Add(string kind, List<(LauncherRun Ours, LauncherRun Theirs)> rounds, LauncherRun ours, LauncherRun theirs)
    {
        rounds.Add((ours, theirs));
        writer.WriteLine($"round {rounds.Count.ToString(CultureInfo.InvariantCulture)}, {kind}: ParallelLauncher {Words(ours)}; Python {Words(theirs)}");
    }

    private void Row(string name, List<(LauncherRun Ours, LauncherRun Theirs)> rounds, Func<LauncherRun, double> figure, string format)
    {
        double ours = Middle(rounds, true, figure), theirs = Middle(rounds, false, figure);
        string ratio = theirs > 0 ? (ours / theirs).ToString("F2", CultureInfo.InvariantCulture) : "–";
        writer.WriteLine($"  {name,-42}{Text(ours),8} /{Text(theirs),8}   ratio {ratio}");

        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static double Middle(List<(LauncherRun Ours, LauncherRun Theirs)> rounds, bool ours, Func<LauncherRun, double> figure) =>
        Median.Of(rounds.Select(round => figure(ours ? round.Ours : round.Theirs)));

    private static string Words(LauncherRun run) => string.Create(CultureInfo.InvariantCulture,
        $"starts in {run.StartUpSeconds:F2} s, {run.TrialsPerSecond:F1} trials/s, {run.MegabytesResident:F0} MB, {100 * run.CoreShare:F1} % of a core");
}
