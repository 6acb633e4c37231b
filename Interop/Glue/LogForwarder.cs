using Hpo.Interop.Bridge;
using Microsoft.Extensions.Logging;

namespace Hpo.Interop.Glue;

/// <summary>Hands Optuna's log records to <see cref="ILogger"/>.</summary>
internal static class LogForwarder
{
    private const int PythonDebug = 10;
    private const int PythonInfo = 20;
    private const int PythonWarning = 30;
    private const int PythonError = 40;
    private const int PythonCritical = 50;

    public static void Install(GlueLibrary glue, ILoggerFactory loggers)
    {
        PythonHandle callback = glue.Bridge.CreateCallback(arguments => Write(loggers, arguments));
        ILogger optuna = loggers.CreateLogger("optuna");
        glue.Logs.Call("forward", callback, optuna.IsEnabled(LogLevel.Debug) ? PythonDebug : PythonInfo);
    }

    private static void Write(ILoggerFactory loggers, ReadOnlySpan<PythonValue> record)
    {
        LogLevel level = record[0].AsInteger() switch
        {
            >= PythonCritical => LogLevel.Critical,
            >= PythonError => LogLevel.Error,
            >= PythonWarning => LogLevel.Warning,
            >= PythonInfo => LogLevel.Information,
            _ => LogLevel.Debug,
        };
        string message = record[2].AsString();
        string? traceback = record[3].AsOptionalString();
        ILogger logger = loggers.CreateLogger(record[1].AsString());
        if (traceback is null) logger.Log(level, "{Message}", message);
        else logger.Log(level, "{Message}\n{Traceback}", message, traceback);
    }
}
