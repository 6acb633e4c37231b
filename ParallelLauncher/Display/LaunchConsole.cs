using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;
using Spectre.Console;

namespace Hpo.ParallelLauncher.Display;

/// <summary>The launcher's own standard output and error.</summary>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Terminal">Standard output as a terminal, or null where it is none.</param>
internal sealed record LaunchConsole(TextWriter Output, TextWriter Error, IAnsiConsole? Terminal)
{
    public const string Name = "ParallelLauncher";

    // Wide enough for a log file's path; a table is only cut where a person's terminal is narrow.
    private const int PlainWidth = 200;

    public static LaunchConsole System() =>
        new(Console.Out, Console.Error, Console.IsOutputRedirected ? null : AnsiConsole.Console);

    public void WriteError(string message) => Error.WriteLine($"{Name}: {message}");

    /// <summary>The view for a run: live on a terminal, else lines; with JSON asked for, everything goes to standard error.</summary>
    public ILaunchView CreateView(LaunchPlan plan, bool json, bool verbose, TimeProvider time, RunFaults faults) =>
        Terminal is { } terminal && !json && !verbose
            ? new LiveView(plan, terminal, time, faults)
            : new PlainView(plan, json ? Error : Output, Error, time);

    /// <summary>Where summaries are rendered.</summary>
    public IAnsiConsole Summary(bool json)
    {
        if (Terminal is not null && !json) return Terminal;
        IAnsiConsole plain = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(json ? Error : Output),
        });
        plain.Profile.Width = PlainWidth;
        return plain;
    }
}
