using Hpo.Interop.Glue;
using Microsoft.Extensions.Logging;

namespace Hpo.Interop;

/// <summary>
/// What Optuna logs, and where to. Optuna's module <c>optuna.logging</c>; <see cref="OptunaRuntimeOptions.LoggerFactory"/>
/// takes the lines into .NET's logging instead.
/// </summary>
public static class OptunaLogging
{
    private const int PythonStep = 10; // DEBUG is 10, INFO 20 … CRITICAL 50
    private const int PythonOff = 100;

    /// <summary>The lowest level that is logged. Optuna's <c>get_verbosity</c> and <c>set_verbosity</c>. Default
    /// <see cref="LogLevel.Information"/>.</summary>
    public static LogLevel Verbosity
    {
        get
        {
            long level = Logs.Call("get_verbosity").AsInteger();
            return level > PythonStep * (int)LogLevel.Critical ? LogLevel.None : (LogLevel)Math.Max(level / PythonStep, 1);
        }
        set => Logs.Call("set_verbosity", value is LogLevel.None ? PythonOff : PythonStep * Math.Max((int)value, 1));
    }

    private static GlueModule Logs => OptunaRuntime.Current.Glue.Logs;

    /// <summary>Lets Optuna write to standard error, as it does from the start.</summary>
    public static void EnableDefaultHandler() => Logs.Call("use_default_handler", true);

    /// <summary>Lets Optuna not write to standard error.</summary>
    public static void DisableDefaultHandler() => Logs.Call("use_default_handler", false);

    /// <summary>Lets Optuna's lines go to Python's root logger too.</summary>
    public static void EnablePropagation() => Logs.Call("propagate", true);

    /// <summary>Keeps Optuna's lines from Python's root logger, as it is from the start.</summary>
    public static void DisablePropagation() => Logs.Call("propagate", false);
}
