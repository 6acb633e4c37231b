using Microsoft.Extensions.Logging;

namespace Hpo.Interop.Reporting.CommandLine;

/// <summary>Starts Python for a command, with Optuna's log on standard error.</summary>
internal static class OptunaStart
{
    /// <param name="verbose">Whether Optuna's informative lines are shown too, besides its warnings.</param>
    /// <exception cref="PythonStartException">Python or Optuna cannot be used.</exception>
    public static OptunaRuntime Start(bool verbose)
    {
        ILoggerFactory loggers = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Warning)
            // That a feature of Optuna is experimental is no news to a user of this program.
            .AddFilter("py.warnings", verbose ? LogLevel.Warning : LogLevel.Error)
            .AddSimpleConsole(format =>
            {
                format.SingleLine = true;
                format.TimestampFormat = "HH:mm:ss ";
            })
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        // The console logger writes from a queue: what is in it would be lost with the process.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => loggers.Dispose();
        return OptunaRuntime.Start(new OptunaRuntimeOptions { LoggerFactory = loggers });
    }
}
