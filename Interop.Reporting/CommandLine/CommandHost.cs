using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Hpo.Interop.Reporting.CommandLine;

/// <summary>Parses a command line, runs its command, and turns whatever goes wrong into a line and an exit code.</summary>
internal static class CommandHost
{
    /// <param name="root">The command tree.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="cancellation">Stops the command.</param>
    /// <param name="stopExitCode">The exit code of a command that was stopped.</param>
    /// <returns>One of <see cref="WorkerExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        RootCommand root,
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellation,
        Func<int>? stopExitCode = null)
    {
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (ParseError parseError in parsed.Errors)
                await error.WriteLineAsync($"error: {parseError.Message}");
            await error.WriteLineAsync($"See '{Path(parsed.CommandResult)} --help'.");
            return WorkerExitCode.Usage;
        }

        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await error.WriteLineAsync("stopped");
            return stopExitCode?.Invoke() ?? WorkerExitCode.Interrupted;
        }
        catch (Exception exception) when (FailureExit.From(exception) is { } failure)
        {
            await error.WriteLineAsync($"error: {failure.Message}");
            return failure.ExitCode;
        }
        catch (Exception exception)
        {
            // No mistake of the user: fixing it needs the whole exception.
            await error.WriteLineAsync($"error: an unexpected failure. Please report it with this text:\n{exception}");
            return WorkerExitCode.Failure;
        }
    }

    private static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : command.Command.Name;
}
