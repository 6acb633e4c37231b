using Hpo.Interop.Bridge;
using Hpo.Interop.Bridge.CApi;
using Hpo.Interop.Bridge.PythonNet;
using Hpo.Interop.Glue;

namespace Hpo.Interop;

/// <summary>
/// The Python interpreter with Optuna that this process embeds. One a process: it starts at the first use and runs
/// until the process ends, because CPython cannot be ended safely while other threads may still call it.
/// </summary>
public sealed class OptunaRuntime
{
    private static readonly GilFreeLock StartLock = new();
    private static readonly TimeSpan LongestWaitForGilAtExit = TimeSpan.FromSeconds(2);
    private static OptunaRuntime? _current;

    private OptunaRuntime(OptunaRuntimeOptions options)
    {
        Options = options;
        Python = PythonLocator.Find(options.PythonExecutable);
        (EngineName, EngineReason) = PythonEngines.Choose(
            options.Engine, Environment.GetEnvironmentVariable(PythonEngines.Variable), Python);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => RunExitHandlers();
        PythonBridge bridge = PythonBridge.Start(Python);
        if (EngineName == PythonEngines.PythonNet) StartPythonNet();
        Glue = GlueLibrary.Load(bridge, Python);
        if (options.LoggerFactory is { } loggers) LogForwarder.Install(Glue, loggers);
    }

    // Python owns the process: it runs its own exit handlers.
    private OptunaRuntime(PythonBridge bridge, PythonInstallation python)
    {
        Options = new OptunaRuntimeOptions();
        (EngineName, EngineReason) = (PythonEngines.CApi, "the one that attaches to a running Python");
        Python = python;
        Glue = GlueLibrary.Load(bridge, python);
    }

    /// <summary>The runtime of this process, started with default options where it was not started yet.</summary>
    /// <exception cref="PythonNotFoundException">No Python with Optuna was found.</exception>
    /// <exception cref="PythonStartException">Python or Optuna cannot be used.</exception>
    public static OptunaRuntime Current => Volatile.Read(ref _current) ?? StartOnce(null);

    /// <summary>What started Python: <c>pythonnet</c>, or <c>capi</c> without it. This library's own calls into Python are the
    /// same with both.</summary>
    public string EngineName { get; }

    /// <summary>Why that engine is used.</summary>
    public string EngineReason { get; }

    /// <summary>The version of pythonnet, e.g. 3.2.1; null where it was left out and nobody asked for a <c>PyObject</c>
    /// yet.</summary>
    public static string? PythonNetVersion => PythonNetRuntime.Version;

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

    /// <summary>
    /// Starts pythonnet where the engine capi left it out, so that <c>Py.GIL()</c> and <c>Py.Import</c> may be used. Each
    /// <c>PythonObject</c> does this itself.
    /// </summary>
    /// <exception cref="PythonStartException">pythonnet cannot be used with this Python.</exception>
    public void StartPythonNet() => PythonNetRuntime.Join(Python);

    /// <summary>Makes the Python that hosts this process its runtime.</summary>
    /// <exception cref="PythonStartException">Optuna cannot be imported.</exception>
    internal static OptunaRuntime Attach(PythonBridge bridge, PythonInstallation python)
    {
        using (StartLock.Enter())
        {
            if (_current is null) return _current = new OptunaRuntime(bridge, python);
            throw new InvalidOperationException("Python is connected to this process already.");
        }
    }

    private static OptunaRuntime StartOnce(OptunaRuntimeOptions? options)
    {
        using (StartLock.Enter())
        {
            if (_current is null) return _current = new OptunaRuntime(options ?? new OptunaRuntimeOptions());
            if (options is null || options == _current.Options) return _current;
            throw new InvalidOperationException(
                "Python was started in this process already, with other options. Call OptunaRuntime.Start before the " +
                "first study, once.");
        }
    }

    // On a thread of its own: the thread that ends the process may hold the GIL, and does not release it any more.
    private void RunExitHandlers()
    {
        if (Glue is null) return;
        var hasGil = new ManualResetEventSlim(); // not disposed: the thread may come late
        var thread = new Thread(() =>
        {
            using var gil = Gil.Acquire();
            hasGil.Set();
            try
            {
                Glue.Studies.Call("run_exit_handlers");
            }
            catch (PythonCallException)
            {
                // The process ends anyway, and Python has printed what its handlers raised.
            }
        })
        { IsBackground = true };
        thread.Start();
        if (hasGil.Wait(LongestWaitForGilAtExit)) thread.Join();
    }
}
