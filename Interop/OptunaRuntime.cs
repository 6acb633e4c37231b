using Hpo.Interop.Engine;
using Hpo.Interop.Glue;

namespace Hpo.Interop;

/// <summary>
/// The Python interpreter with Optuna that this process embeds. One a process: it starts at the first use and runs
/// until the process ends, because CPython cannot be ended safely while other threads may still call it.
/// </summary>
public sealed class OptunaRuntime
{
    private static readonly Lock StartLock = new();
    private static OptunaRuntime? _current;

    private OptunaRuntime(OptunaRuntimeOptions options)
    {
        Options = options;
        (EngineName, EngineReason) = PythonEngines.Choose(
            options.Engine, Environment.GetEnvironmentVariable(PythonEngines.Variable));
        Python = PythonLocator.Find(options.PythonExecutable);
        // Before the engine starts, so that this runs before what an engine does at the end of the process.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => RunExitHandlers();
        Glue = new GlueLibrary(PythonEngines.Start(EngineName, Python), Python);
        if (options.LoggerFactory is { } loggers) LogForwarder.Install(Glue, loggers);
    }

    // Python owns the process: it runs its own exit handlers.
    private OptunaRuntime(IPythonEngine engine, PythonInstallation python)
    {
        Options = new OptunaRuntimeOptions();
        (EngineName, EngineReason) = (engine.Name, "the one that attaches to a running Python");
        Python = python;
        Glue = new GlueLibrary(engine, python);
    }

    /// <summary>The runtime of this process, started with default options where it was not started yet.</summary>
    /// <exception cref="PythonNotFoundException">No Python with Optuna was found.</exception>
    /// <exception cref="PythonStartException">Python or Optuna cannot be used.</exception>
    public static OptunaRuntime Current => Volatile.Read(ref _current) ?? StartOnce(null);

    /// <summary>The names of the engines that this build has, the default first.</summary>
    public static IReadOnlyList<string> BuiltEngines => PythonEngines.Built;

    /// <summary>The engine in use: <c>pythonnet</c> or <c>capi</c>.</summary>
    public string EngineName { get; }

    /// <summary>Why that engine is used.</summary>
    public string EngineReason { get; }

    /// <summary>The Python in use, and the version of its Optuna.</summary>
    public PythonInstallation Python { get; }

    internal GlueLibrary Glue { get; }

    private OptunaRuntimeOptions Options { get; }

    /// <summary>Starts Python with these options; where it runs already, they must be the same.</summary>
    /// <param name="options">The options; null for the defaults.</param>
    /// <exception cref="InvalidOperationException">It was started with other options.</exception>
    /// <exception cref="PythonNotFoundException">No Python with Optuna was found.</exception>
    /// <exception cref="PythonStartException">Python or Optuna cannot be used.</exception>
    public static OptunaRuntime Start(OptunaRuntimeOptions? options = null) => StartOnce(options);

    /// <summary>Makes the Python that hosts this process its runtime.</summary>
    /// <exception cref="PythonStartException">Optuna cannot be imported.</exception>
    internal static OptunaRuntime Attach(IPythonEngine engine, PythonInstallation python)
    {
        lock (StartLock)
        {
            if (_current is null) return _current = new OptunaRuntime(engine, python);
            throw new InvalidOperationException("Python is connected to this process already.");
        }
    }

    private static OptunaRuntime StartOnce(OptunaRuntimeOptions? options)
    {
        lock (StartLock)
        {
            if (_current is null) return _current = new OptunaRuntime(options ?? new OptunaRuntimeOptions());
            if (options is null || options == _current.Options) return _current;
            throw new InvalidOperationException(
                "Python was started in this process already, with other options. Call OptunaRuntime.Start before the " +
                "first study, once.");
        }
    }

    private void RunExitHandlers()
    {
        try
        {
            Glue?.Studies.Call("run_exit_handlers");
        }
        catch (PythonException)
        {
            // The process ends anyway, and Python has printed what its handlers raised.
        }
    }
}
