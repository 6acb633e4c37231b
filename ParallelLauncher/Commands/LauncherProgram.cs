using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Display;
using Hpo.ParallelLauncher.Plan;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>Parses the command line and runs what it asks for.</summary>
internal static class LauncherProgram
{
    private const string WorkerArgumentsSeparator = "--";

    public static async Task<int> RunAsync(string[] arguments)
    {
        StandardStreams.Guard();
        CommandLineSecrets.Erase(arguments);
        // The parser would take words after the separator as values of the launcher's own last option.
        int separator = Array.IndexOf(arguments, WorkerArgumentsSeparator);
        string[] own = separator < 0 ? arguments : arguments[..separator];
        string[] workerArguments = separator < 0 ? [] : arguments[(separator + 1)..];
        var console = LaunchConsole.System();
        ParseResult parsed = LaunchCommand
            .Create(request => LaunchAsync(request, console), console, workerArguments)
            .Parse(own);
        if (parsed.Errors.Count > 0) return Refuse(parsed, own, console);
        try
        {
            // The runner leads the stop itself; the parser's own handling would abandon the workers.
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (LaunchException error)
        {
            return Refuse(own, console, error.ExitCode, error.Message);
        }
        catch (Exception error) when (FileErrors.Is(error))
        {
            return Refuse(own, console, WorkerExitCode.Failure, error.Message);
        }
        catch (Exception error)
        {
            // No user's mistake comes here: the stack is needed to find the cause.
            return Refuse(own, console, WorkerExitCode.Failure, StorageUrl.MaskAll($"The launcher failed: {error}"));
        }
    }

    private static async Task<int> LaunchAsync(LaunchRequest request, LaunchConsole console)
    {
        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(request.Verbose ? LogLevel.Debug : LogLevel.Warning)
            .AddSimpleConsole(format => format.SingleLine = true)
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        return await new LaunchRunner(console, loggers, TimeProvider.System).RunAsync(request);
    }

    private static int Refuse(ParseResult parsed, string[] own, LaunchConsole console)
    {
        int exitCode = Refuse(own, console, WorkerExitCode.Usage, [.. parsed.Errors.Select(error => error.Message)]);
        console.WriteError("--help shows the options. A worker's own arguments follow after --.");
        return exitCode;
    }

    private static int Refuse(string[] own, LaunchConsole console, int exitCode, params string[] errors) =>
        new LaunchRunner(console, NullLoggerFactory.Instance, TimeProvider.System).Refuse(own.Contains("--json"), exitCode, errors, null);
}
