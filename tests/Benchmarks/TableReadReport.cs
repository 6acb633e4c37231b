using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hpo.Benchmarks;

/// <param name="Seconds">Time on the clock.</param>
/// <param name="ProcessorSeconds">Processor time of all threads.</param>
internal sealed record TableReadTime(double Seconds, double ProcessorSeconds);

/// <param name="Reads">The reads, the first one in a fresh process.</param>
/// <param name="ResidentBytes">How much more memory the process had at most during the first read than before it.</param>
/// <param name="ManagedBytes">The peak of the managed heap during the first read, where there is one.</param>
internal sealed record TableReadSide(IReadOnlyList<TableReadTime> Reads, long ResidentBytes, long ManagedBytes);

/// <param name="Shape">What the columns are.</param>
/// <param name="Bytes">The file's size.</param>
/// <param name="Native">The reader of tables.</param>
/// <param name="Pandas">pandas.read_csv, or null where it is not installed.</param>
internal sealed record TableReadOutcome(TableShape Shape, long Bytes, TableReadSide Native, TableReadSide? Pandas);

/// <summary>Prints the outcomes and their medians.</summary>
internal sealed class TableReadReport(TextWriter writer)
{
    public static readonly JsonSerializerOptions JsonFormat = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        WriteIndented = true,
    };

    private readonly List<TableReadOutcome> _outcomes = [];

    public void Add(TableReadOutcome outcome)
    {
        _outcomes.Add(outcome);
        Write($"{outcome.Shape}, {outcome.Bytes / 1e6:F0} MB:");
        Write(outcome, outcome.Native, "native");
        if (outcome.Pandas is { } pandas) Write(outcome, pandas, "pandas");
        else Write($"  pandas       is not installed");
    }

    public void WriteSummary()
    {
        foreach (IGrouping<TableShape, TableReadOutcome> group in _outcomes.GroupBy(outcome => outcome.Shape))
        {
            Write($"median, {group.Key}: {Median.Of(group.Select(outcome => Speed(outcome, outcome.Native))):F0} MB/s, {Median.Of(group.Select(outcome => ProcessorSpeed(outcome, outcome.Native))):F0} MB for a second of processor time, {Median.Of(group.Select(outcome => (double)outcome.Native.ManagedBytes / outcome.Bytes)):F2} times the file's size of managed memory");
            if (group.All(outcome => outcome.Pandas is not null))
                Write($"median, {group.Key}: pandas takes {Median.Of(group.Select(outcome => Speed(outcome, outcome.Native) / Speed(outcome, outcome.Pandas!))):F1} times as long");
        }
    }

    public string ToJson() => JsonSerializer.Serialize(_outcomes, JsonFormat);

    private static double Speed(TableReadOutcome outcome, TableReadSide side) =>
        outcome.Bytes / 1e6 / Median.Of(side.Reads.Select(read => read.Seconds));

    private static double ProcessorSpeed(TableReadOutcome outcome, TableReadSide side) =>
        outcome.Bytes / 1e6 / Median.Of(side.Reads.Select(read => read.ProcessorSeconds));

    private void Write(TableReadOutcome outcome, TableReadSide side, string name) =>
        Write($"  {name,-12} {Speed(outcome, side),6:F0} MB/s (first read {outcome.Bytes / 1e6 / side.Reads[0].Seconds:F0}, by processor time {ProcessorSpeed(outcome, side):F0}), {(double)side.ResidentBytes / outcome.Bytes:F2} times the file's size of memory{(side.ManagedBytes > 0 ? $", {(double)side.ManagedBytes / outcome.Bytes:F2} managed" : "")}");

    private void Write(FormattableString line) => writer.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
