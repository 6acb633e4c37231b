using Spectre.Console;

namespace Hpo.NativeTrainer.Commands;

/// <summary>The layout of every progress bar: what is done, how far it is, and the time left.</summary>
internal static class ProgressBars
{
    public static Progress Create(IAnsiConsole console) => console.Progress()
        .AutoClear(true)
        .Columns(
            new TaskDescriptionColumn(),
            new ProgressBarColumn(),
            new PercentageColumn(),
            new RemainingTimeColumn(),
            new ElapsedTimeColumn());
}
