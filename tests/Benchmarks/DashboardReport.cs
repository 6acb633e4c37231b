using System.Globalization;
using System.Text.Json;

namespace Hpo.Benchmarks;

/// <param name="PageMilliseconds">Time of the page's main thread for one more trial, above what it takes without news.</param>
/// <param name="ServerMilliseconds">Processor time of the server for it, above what it takes without news.</param>
/// <param name="Bytes">Size of the server's answers, as it was sent.</param>
/// <param name="LongestTask">The longest task of the page; 0 where none took more than 50 ms.</param>
/// <param name="Parts">What the page measured of its own work.</param>
internal sealed record DashboardUpdate(
    double PageMilliseconds, double ServerMilliseconds, long Bytes, double LongestTask, IReadOnlyDictionary<string, double> Parts);

/// <summary>Prints what was measured of the dashboard's page.</summary>
internal sealed class DashboardReport(TextWriter writer)
{
    private static readonly JsonSerializerOptions JsonFormat = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    private readonly Dictionary<string, DashboardPaint> _opened = [];
    private readonly List<DashboardUpdate> _updates = [];
    private double _idlePage, _idleServer, _longestIdle;

    public void Opened(string which, DashboardPaint paint)
    {
        _opened[which] = paint;
        Write($"{which} page: first contentful paint {paint.FirstPaint:F0} ms, first row {paint.FirstRow:F0} ms, answer {paint.Bytes:N0} bytes, longest task {paint.LongestTask:F0} ms");
    }

    public void Idle(double page, TimeSpan server, double longest)
    {
        (_idlePage, _idleServer, _longestIdle) = (page, server.TotalMilliseconds, longest);
        Write($"without news, in a second: page {page:F1} ms, server {server.TotalMilliseconds:F1} ms of processor time; longest task {longest:F0} ms");
    }

    public void Updated(DashboardUpdate update)
    {
        _updates.Add(update);
        string parts = string.Join(", ", update.Parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Key} {part.Value:F1}")));
        Write($"one more trial: page {update.PageMilliseconds:F0} ms, server {update.ServerMilliseconds:F0} ms, answer {update.Bytes:N0} bytes, longest task {update.LongestTask:F0} ms ({parts})");
    }

    public void WriteSummary() => Write(
        $"median of one more trial: page {Median.Of(_updates.Select(update => update.PageMilliseconds)):F0} ms, server {Median.Of(_updates.Select(update => update.ServerMilliseconds)):F0} ms, answer {Median.Of(_updates.Select(update => (double)update.Bytes)):N0} bytes");

    public string ToJson() => JsonSerializer.Serialize(
        new { Opened = _opened, IdlePage = _idlePage, IdleServer = _idleServer, LongestIdle = _longestIdle, Updates = _updates }, JsonFormat);

    private void Write(FormattableString line) => writer.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
