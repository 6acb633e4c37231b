using System.Globalization;
using System.Text.Json;

namespace Hpo.Benchmarks;

/// <param name="Milliseconds">Time in the storage's methods for a trial.</param>
/// <param name="Statements">Statements for a trial, as the server counts them.</param>
/// <param name="RoundTrips">Round trips for a trial.</param>
/// <param name="LogWrites">How often the server brought its log to the disk for a trial.</param>
internal sealed record StorageSide(double Milliseconds, double Statements, double RoundTrips, double LogWrites);

/// <param name="Size">How many trials the study held before.</param>
/// <param name="LogWriteMilliseconds">What it takes to bring a block to the server's disk.</param>
/// <param name="Optuna">Optuna's RDBStorage.</param>
/// <param name="Native">The native storage.</param>
internal sealed record StorageOutcome(int Size, double LogWriteMilliseconds, StorageSide Optuna, StorageSide Native);

/// <summary>Prints the outcomes and their medians.</summary>
internal sealed class StorageReport(TextWriter writer)
{
    public static readonly JsonSerializerOptions JsonFormat = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private readonly List<StorageOutcome> _outcomes = [];

    private IEnumerable<IGrouping<int, StorageOutcome>> BySize => _outcomes.GroupBy(outcome => outcome.Size).OrderBy(group => group.Key);

    public void Add(StorageOutcome outcome)
    {
        _outcomes.Add(outcome);
        Write($"on top of {outcome.Size} trials, a trial's time in the storage, statements, round trips, and time for the log's way to the disk:");
        Write(outcome, outcome.Optuna, "RDBStorage");
        Write(outcome, outcome.Native, "native");
    }

    public void WriteSummary()
    {
        foreach (IGrouping<int, StorageOutcome> group in BySize)
            Write($"median on top of {group.Key} trials: RDBStorage takes {Ratio(group):F1} times as long as the native storage");
        Write($"median growth of the native storage with the study: {Growth(outcome => outcome.Native):F2} times");
        Write($"median growth of RDBStorage: {Growth(outcome => outcome.Optuna):F2} times");
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            Outcomes = _outcomes,
            Ratios = BySize.Select(group => new { Size = group.Key, Ratio = Ratio(group) }),
            NativeGrowth = Growth(outcome => outcome.Native),
            OptunaGrowth = Growth(outcome => outcome.Optuna),
        },
        JsonFormat);

    private static double Ratio(IEnumerable<StorageOutcome> outcomes) =>
        Median.Of(outcomes.Select(outcome => outcome.Optuna.Milliseconds / outcome.Native.Milliseconds));

    private double Growth(Func<StorageOutcome, StorageSide> side)
    {
        double[] medians = [.. BySize.Select(group => Median.Of(group.Select(outcome => side(outcome).Milliseconds)))];
        return medians[^1] / medians[0];
    }

    private void Write(StorageOutcome outcome, StorageSide side, string name) =>
        Write($"  {name,-12} {side.Milliseconds,8:F2} ms {side.Statements,8:F1} {side.RoundTrips,8:F1} {side.LogWrites * outcome.LogWriteMilliseconds,8:F2} ms   ({outcome.Optuna.Milliseconds / side.Milliseconds:F1} times as fast as RDBStorage)");

    private void Write(FormattableString line) => writer.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
