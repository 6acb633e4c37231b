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
        console.WriteLine(document.Best is { } best
            ? $"best: trial {best.Number}, {Texts.Value(best.Value!.Value)} with {Texts.Parameters(best.Params)}"
            : Texts.NoBest(document.Trials));
        console.WriteLine(FormattableString.Invariant($"elapsed: {document.ElapsedSeconds:F1} s"));
    }
}
