using System.Globalization;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.Interop.Reporting.Snapshots;
using Spectre.Console;

namespace Hpo.Interop.Reporting.Commands;

/// <summary>The results of compare for people.</summary>
internal static class ComparisonReport
{
    public static void Write(IAnsiConsole console, StudyComparison comparison)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn("study");
        foreach (string column in (string[])["best value", "trial", "trials", "in trials", "elapsed", "pruning saved"])
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (StudyCost study in comparison.Studies)
        {
            table.AddRow(
                Markup.Escape(study.Study),
                study.Best is { } best ? Texts.Value(best.Value!.Value) : "-",
                study.Best?.Number.ToString(CultureInfo.InvariantCulture) ?? "-",
                study.Finished.ToString(CultureInfo.InvariantCulture),
                Seconds(study.SecondsInTrials),
                Seconds(study.SecondsElapsed),
                study.Pruning is { } pruning ? Percent(pruning.SavedShare) : "-");
        }
        console.Write(table);
        foreach (TradeOff trade in comparison.TradeOffs)
        {
            string time = trade.ShareOfTime is { } share ? $" and {Percent(share)} of the time" : "";
            string worse = trade.Worse == 0 ? "as good as" : $"{Texts.Value(trade.Worse)} worse than";
            console.WriteLine($"{trade.Study}: {worse} {trade.Against}, with {Percent(trade.ShareOfTrials)} of the trials{time}");
        }
    }

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s");

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:F0} %");
}
