using Hpo.Interop.Reporting.CommandLine;
using Spectre.Console;

namespace Hpo.NativeTrainer.Commands;

/// <summary>The results of tune for people.</summary>
internal static class TuneReport
{
    public static void Write(IAnsiConsole console, TuneDocument document)
    {
        console.WriteLine($"study {document.Study} in {document.Storage}");
        console.WriteLine(Texts.Counts(document.Trials));
        if (document.Best is { } only) console.WriteLine($"best: trial {only.Number}, {Texts.Value(only.Value!.Value)} with {Texts.Parameters(only.Params)}");
        else if (document.Front is not { Count: > 0 }) console.WriteLine(Texts.NoBest(document.Trials));
        foreach (ResultsDocument.BestPart best in document.Front ?? [])
            console.WriteLine($"best: trial {best.Number}, {string.Join(", ", best.Values.Select(Texts.Value))} with {Texts.Parameters(best.Params)}");
        console.WriteLine(FormattableString.Invariant($"elapsed: {document.ElapsedSeconds:F1} s"));
    }
}
